import { Link } from '@remix-run/react';
import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Icon } from './icon.tsx';

/** The frame of a job in steps: head with a `Stepper`, body with an aside, and a foot that stays in reach. */
export function WizardFrame({
  crumbs,
  title,
  sub,
  stepper,
  aside,
  back,
  note,
  actions,
  children,
}: {
  crumbs?: readonly { label: string; to?: string }[];
  title: ReactNode;
  sub?: ReactNode;
  stepper: ReactNode;
  aside?: ReactNode;
  back?: ReactNode;
  note?: ReactNode;
  actions: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="wz-head">
        {crumbs && <Crumbs items={crumbs} />}
        <div className="wz-top">
          <h1>{title}</h1>
          {sub !== undefined && <span className="c3 hide-s">{sub}</span>}
          <span className="grow" />
          {stepper}
        </div>
      </div>
      <div className="wz-body">
        <div className={aside === undefined ? 'wz solo' : 'wz'}>
          <div className="wz-main">{children}</div>
          {aside !== undefined && <aside className="wz-side">{aside}</aside>}
        </div>
      </div>
      <div className="wz-foot">
        {back}
        {note !== undefined && <span className="c3 hide-s">{note}</span>}
        <span className="end">{actions}</span>
      </div>
    </>
  );
}

/** Where a page lies. */
export function Crumbs({ items }: { items: readonly { label: string; to?: string }[] }) {
  return (
    <nav className="crumb hide-s" aria-label="Path">
      {items.map((item, i) => (
        <Fragment key={item.label}>
          {i > 0 && <Icon icon={ChevronRight} size={12} />}
          {item.to === undefined ? <span>{item.label}</span> : <Link to={item.to}>{item.label}</Link>}
        </Fragment>
      ))}
    </nav>
  );
}
