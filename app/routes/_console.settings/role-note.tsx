import { BandNotice } from '#app/ui/band-notice.tsx';

/** Why there is nothing to press here. */
export function RoleNote({ doing, roles, mine }: { doing: string; roles: readonly string[]; mine: string }) {
  return (
    <BandNotice boxed>
      {doing} needs the role {roles.join(' or ')}; yours is {mine}. Ask an owner to do it or to change your
      role.
    </BandNotice>
  );
}
