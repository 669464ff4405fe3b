import { Ban, CircleSlash, Clock, FileText, Hand, Search, Send } from 'lucide-react';
import type { Status } from '#app/ui/status-badge.tsx';

/** Each disposition as the inbox shows it: a word that says the consequence, with icon and meaning. */
export const DISPOSITION_LOOKS: Record<string, Status> = {
  needs_review: { meaning: 'needs', icon: Hand, label: 'To review' },
  manual: { meaning: 'needs', icon: FileText, label: 'By hand' },
  disputing: { meaning: 'waiting', icon: Send, label: 'Disputing' },
  awaiting_lead: { meaning: 'waiting', icon: Clock, label: 'Waiting for its lead' },
  in_grace: { meaning: 'waiting', icon: Clock, label: 'In its grace time' },
  unmatched: { meaning: 'needs', icon: Search, label: 'Unmatched' },
  disputed: { meaning: 'good', label: 'Disputed' },
  canceled_before_send: { meaning: 'good', icon: Ban, label: 'Canceled before sending' },
  too_late: { meaning: 'lost', label: 'Too late' },
  ignored: { meaning: 'neutral', icon: CircleSlash, label: 'Ignored' },
};

/** What a group of the inbox means, beside its name. */
export const GROUP_NOTES: Record<string, string> = {
  needs_review: 'waiting for a decision',
  manual: 'this network takes no disputes by API',
  disputing: 'on its way, the network has not answered yet',
  awaiting_lead: 'disputed by itself when the lead lands',
  in_grace: 'disputed by itself when its grace time is over',
  unmatched: 'no order carries this id',
};
