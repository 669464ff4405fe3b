export default function Overview() {
  return <p>overview</p>;
}
