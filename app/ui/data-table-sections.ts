export type Section<Row> = { key: string | null; start: number; rows: Row[] };

/** Cuts rows into runs that share a group; order stays. Without `groupBy` all rows are one section. */
export function sectionsOf<Row>(rows: Row[], groupBy?: (row: Row) => string): Section<Row>[] {
  if (!groupBy) return [{ key: null, start: 0, rows }];
  const sections: Section<Row>[] = [];
  for (const [index, row] of rows.entries()) {
    const key = groupBy(row);
    const last = sections.at(-1);
    if (last?.key === key) last.rows.push(row);
    else sections.push({ key, start: index, rows: [row] });
  }
  return sections;
}
