/** Which approvals the address asks for: those that wait, or those that are over. */
export const readView = (query: URLSearchParams): 'pending' | 'decided' =>
  query.get('view') === 'decided' ? 'decided' : 'pending';
