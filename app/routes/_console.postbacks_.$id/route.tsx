import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useRevalidator } from '@remix-run/react';
import { List } from 'lucide-react';
import { can, requireUser } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { DetailHead, SectionLevel } from '#app/ui/drawer.tsx';
import { isShortcut } from '#app/ui/shortcuts.ts';
import { useDocumentKey } from '#app/ui/use-document-key.ts';
import { useLive } from '#app/ui/use-live.ts';
import { canBeRetried } from '../_console.postbacks/columns.tsx';
import { headOf, MoreMenu, PostbackBody } from '../_console.postbacks/detail.tsx';
import { readPostback } from '../_console.postbacks/detail-data.server.ts';
import { usePostbackActions } from '../_console.postbacks/use-postback-actions.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `Postback ${data.postback.externalId}` : 'Postback'} · Leadline` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { actor } = await requireUser(request, context);
  try {
    const { postback, held } = await readPostback(context, params.id ?? '');
    return { postback, held, mayRetry: can(actor.role, 'retry_postback') };
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND')
      throw new Response(error.message, { status: 404 });
    throw error;
  }
}

/** One postback on a page of its own. */
export default function PostbackPage() {
  const { postback, held, mayRetry } = useLoaderData<typeof loader>();
  const revalidator = useRevalidator();
  const doable = usePostbackActions();
  const actions = mayRetry ? doable : null;
  useLive(['postbacks', 'outbox', 'leads', 'refunds', 'breakers'], () => revalidator.revalidate());
  useDocumentKey((event) => {
    if (event.key !== 'e' || !isShortcut(event) || !actions || !canBeRetried(postback)) return;
    event.preventDefault();
    actions.retry(postback);
  });
  const head = headOf(postback, actions);
  return (
    <div className="page detail">
      <header>
        <div className="dtop">
          <ButtonLink variant="quiet" small icon={List} to="/postbacks">
            All postbacks
          </ButtonLink>
          <span className="end">
            <MoreMenu postback={postback} actions={actions} />
          </span>
        </div>
        <DetailHead level={1} {...head} />
      </header>
      <div className="dbody">
        <SectionLevel.Provider value={2}>
          <PostbackBody postback={postback} held={held} actions={actions} />
        </SectionLevel.Provider>
      </div>
      {doable.dialog}
    </div>
  );
}
