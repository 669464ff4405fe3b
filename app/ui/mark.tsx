/** Leadline's mark: a lead line below the water. Decoration beside the name. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path
        d="M2.2 5c1.3-1.4 2.6-1.4 3.9 0s2.6 1.4 3.9 0 2.6-1.4 3.9 0 2.6 1.4 3.9 0"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      <path d="M10 5v7" stroke="currentColor" strokeWidth="1.6" />
      <path
        d="M10 10.6 12.4 17a.95.95 0 0 1-.9 1.3h-3a.95.95 0 0 1-.9-1.3L10 10.6Z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth=".8"
        strokeLinejoin="round"
      />
    </svg>
  );
}
