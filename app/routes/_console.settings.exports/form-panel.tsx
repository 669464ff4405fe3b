import { MailPlus, MailWarning } from 'lucide-react';
import { ButtonLink } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { ScheduleForm, type ScheduleFormProps } from './schedule-form.tsx';

/** The form, or what is missing before it makes sense. */
export function FormPanel({
  title,
  noMail,
  ...props
}: ScheduleFormProps & { title: string; noMail: string | null }) {
  if (props.channels.length === 0)
    return (
      <section className="panel">
        <EmptyState
          kind="empty"
          icon={MailPlus}
          title="Nobody could get it"
          actions={
            <ButtonLink to="/settings/alerts/channels/new?kind=email" variant="primary">
              Add an email channel
            </ButtonLink>
          }
        >
          A scheduled export goes to an email channel: one or more addresses under a name. Add one, then come
          back.
        </EmptyState>
      </section>
    );
  return (
    <Panel title={title}>
      {noMail !== null && (
        <div className="mb-4">
          <Callout meaning="needs" icon={MailWarning} title="Email does not leave yet.">
            {noMail} You can schedule it now.
          </Callout>
        </div>
      )}
      <ScheduleForm {...props} />
    </Panel>
  );
}
