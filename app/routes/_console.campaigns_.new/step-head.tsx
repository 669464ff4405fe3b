import { type ReactNode, useEffect, useRef } from 'react';

/** The heading of a step. A step that was gone to takes the focus, so that it is read aloud and Tab starts there. */
export function StepHead({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    const arrived =
      document.activeElement === document.body ||
      document.activeElement?.closest('.wz-foot, .stepper, .wz-main') != null;
    heading.current?.closest('.wz-body')?.scrollTo(0, 0);
    if (first.current && arrived) heading.current?.focus({ preventScroll: true });
    first.current = false;
  }, []);
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="!shadow-none">
        {title}
      </h2>
      <p className="lead">{children}</p>
    </>
  );
}
