import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { type IssueDetail, type IssueEventView, NOTE_MAX } from '#app/modules/triage/issue-schema.ts';
import { Avatar } from '#app/ui/avatar.tsx';
import { Button } from '#app/ui/button.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { Time } from '#app/ui/time.tsx';
import type { IssueActions } from './use-issue-actions.tsx';

const KINDS: Record<string, string> = {
  opened: 'Seen for the first time',
  reopened: 'Came back',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  ignored: 'Ignored',
  assigned: 'Assigned',
  breaker_opened: 'Held back what follows',
  breaker_closed: 'No longer held back',
  release_started: 'Started a release',
  release_ended: 'A release ended',
};

/** What people wrote and what was done, newest first; a new note on top (⌘⏎ adds it). */
export function Notes({
  issue,
  actions,
  denied,
}: {
  issue: IssueDetail;
  actions: IssueActions;
  denied: boolean;
}) {
  return (
    <Section title="Notes and history">
      {!denied && <NoteForm key={issue.id} issue={issue} actions={actions} />}
      <ul className="notes">
        {issue.events.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ul>
    </Section>
  );
}

function Event({ event }: { event: IssueEventView }) {
  const note = event.kind === 'note';
  return (
    <li>
      {note ? <Avatar name={event.actorName} small /> : <span className="dotcol" aria-hidden="true" />}
      <span className="grow">
        <b>{note ? event.actorName : (KINDS[event.kind] ?? event.kind)}</b>{' '}
        <span className="c3 num text-12">
          {!note && `${event.actorName} · `}
          <Time at={event.createdAt} />
        </span>
        {event.body !== null && event.body !== '' && (
          <>
            <br />
            <span className={note ? 'said' : undefined}>{event.body}</span>
          </>
        )}
      </span>
    </li>
  );
}

function NoteForm({ issue, actions }: { issue: IssueDetail; actions: IssueActions }) {
  const id = useId();
  const [state, setState] = useState({ text: '', errors: [] as string[] });
  const working = actions.busy === `note ${issue.id}`;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (working) return;
    const length = [...state.text.trim()].length;
    if (length === 0 || length > NOTE_MAX) {
      setState({
        ...state,
        errors: [length === 0 ? 'Write something first.' : `At most ${NOTE_MAX} characters.`],
      });
      return;
    }
    const refused = await actions.note(issue, state.text.trim());
    setState(refused === null ? { text: '', errors: [] } : { text: state.text, errors: [refused] });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <form className="noteform" onSubmit={add}>
      <TextArea
        id={id}
        name="body"
        label="Add a note"
        rows={2}
        max={NOTE_MAX}
        value={state.text}
        errors={state.errors}
        data-note
        onKeyDown={onKeyDown}
        onChange={(event) => setState({ text: event.target.value, errors: [] })}
      />
      {state.text !== '' && (
        <div className="form-acts">
          <Button type="submit" small kbd="⌘⏎" working={working && 'Adding'}>
            Add note
          </Button>
        </div>
      )}
    </form>
  );
}
