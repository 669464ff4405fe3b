import { KeyRound, Megaphone, Radio, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FirstSteps } from '#app/modules/reports/schema.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Light, Lights } from '#app/ui/lights.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { ScrollPre } from '#app/ui/scroll-pre.tsx';

/** A conversion to send by hand, as it would come from a backend. */
function curlOf(publicUrl: string, ref: string): string {
  const body = { externalId: 'order-1001', eventType: 'PURCHASE', revenueCents: 4900, currency: 'USD', ref };
  return `curl -X POST ${publicUrl}/api/v1/conversions \\
  -H "Authorization: Bearer $LEADLINE_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body)}'`;
}

/** The overview of an installation that has seen nothing yet: what to do, in order, each step proven by what is there. */
export function FirstStepsPanel({ steps, publicUrl }: { steps: FirstSteps; publicUrl: string }) {
  const curl = curlOf(publicUrl, steps.testCode ?? 'TRACKINGCODE');
  return (
    <Panel title="Four steps to the first lead" end="each turns on by itself" padded={false}>
      <Lights label="First steps">
        <Step
          done={steps.account}
          first
          title="Add a network account"
          icon={Server}
          link={{ to: '/settings/accounts/new', label: 'Add an account' }}
        >
          The API key of your advertiser account at the network. It is stored encrypted and never shown again.
        </Step>
        <Step
          done={steps.apiKey}
          first={steps.account}
          title="Make an API key for your backend"
          icon={KeyRound}
          link={{ to: '/settings/keys', label: 'Make a key' }}
        >
          Your shop or backend reports captures, conversions and refunds with it.
        </Step>
        <Step
          done={steps.campaign}
          first={steps.account && steps.apiKey}
          title="Import a campaign and confirm its tracking"
          icon={Megaphone}
          link={{ to: '/campaigns/new', label: 'Open the wizard' }}
        >
          The wizard fetches payout, holding period and test code, and proves the whole path from link to
          lead.
        </Step>
        <Step
          done={steps.traffic}
          first={steps.account && steps.apiKey && steps.campaign}
          title="Report the first conversion"
          icon={Radio}
        >
          {steps.testCode === null
            ? 'With the tracking code of a visitor.'
            : 'The code below is a campaign’s test code: the network opens no lead and pays nothing.'}
        </Step>
      </Lights>
      <div className="codebox m-4">
        <div className="flex items-center justify-between px-3 pt-2">
          <span className="c3 text-12">In a shell, with your key in LEADLINE_KEY</span>
          <CopyButton text={curl} label="Copy the command" />
        </div>
        <ScrollPre label="Report a conversion with curl">{curl}</ScrollPre>
      </div>
    </Panel>
  );
}

type StepProps = {
  done: boolean;
  /** Whether this is the one to do next. */
  first: boolean;
  title: string;
  icon: typeof Server;
  link?: { to: string; label: string };
  children: ReactNode;
};

function Step({ done, first, title, icon, link, children }: StepProps) {
  const next = first && !done;
  const button = link && !done && (
    <ButtonLink to={link.to} small variant={next ? 'primary' : 'default'}>
      {link.label}
    </ButtonLink>
  );
  return (
    <Light
      state={done ? 'on' : next ? 'waiting' : 'off'}
      title={title}
      icon={icon}
      when={done ? 'done' : button}
    >
      {children}
    </Light>
  );
}
