import { Link } from '@remix-run/react';
import { Check } from 'lucide-react';
import { Icon } from './icon.tsx';

export type Step = { label: string; state: 'done' | 'now' | 'todo'; to?: string };

/** Where one is in a job of several steps; done steps may be links back. */
export function Stepper({ steps, label = 'Steps' }: { steps: readonly Step[]; label?: string }) {
  return (
    <ol className="stepper" aria-label={label}>
      {steps.map((step, i) => (
        <li key={step.label} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="dot" aria-hidden="true">
            {step.state === 'done' ? <Icon icon={Check} size={12} /> : i + 1}
          </span>
          <span className="lbl">
            {step.to === undefined ? step.label : <Link to={step.to}>{step.label}</Link>}
            <span className="sr">{step.state === 'done' ? ', done' : ''}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
