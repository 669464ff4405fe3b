import type { MappingPreview } from '#app/modules/webhooks/endpoint-schema.ts';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Checkbox } from '#app/ui/checkbox.tsx';
import { Field } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Select } from '#app/ui/select.tsx';
import { ID_PLACES } from '../_console.settings.webhooks/mapping-form.ts';
import { PlaceFields } from './place-fields.tsx';
import { PreviewList } from './preview-list.tsx';
import { RefPlaces } from './ref-places.tsx';
import { useMapping } from './use-mapping.ts';

type Props = {
  source: SourceId;
  mapping: unknown;
  campaigns: readonly { id: string; name: string | null }[];
  preview: MappingPreview[];
  mayManage: boolean;
};

/** The mapping on one side, what the last real events would become by it on the other. */
export function MappingEditor({ source, mapping, campaigns, preview, mayManage }: Props) {
  const editor = useMapping(source, mapping, preview);
  const { form, change, changed, failed, ready, saving } = editor;
  return (
    <div className="two-up">
      <Panel title="What is read from where">
        <fieldset className="form" disabled={!mayManage || saving}>
          <legend className="sr">Mapping</legend>
          <PlaceFields
            label="The conversion’s id"
            help="By it a repeat is known and refunds find their lead. Changing it later makes new conversions of old orders."
            place={form.externalId}
            options={ID_PLACES[source]}
            onChange={(externalId) => change({ externalId })}
          />
          <RefPlaces source={source} places={form.ref} onChange={(ref) => change({ ref })} />
          <Field id="campaign" label="Campaign" end="optional" help="Where one endpoint serves one campaign.">
            <Select
              id="campaign"
              value={form.campaignId}
              onChange={(event) => change({ campaignId: event.currentTarget.value })}
            >
              <option value="">the tracking code decides</option>
              {withChosen(campaigns, form.campaignId).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name ?? id}
                </option>
              ))}
            </Select>
          </Field>
          {source !== 'shopify' && (
            <Field id="renewals" label="Payments of a subscription after its first">
              <Select
                id="renewals"
                value={form.renewals}
                onChange={(event) => change({ renewals: event.currentTarget.value })}
              >
                <option value="never">are not reported</option>
                <option value="first_paid">count only where none was reported before (a trial)</option>
                <option value="every">are each a conversion</option>
              </Select>
            </Field>
          )}
          {source === 'stripe' && (
            <Checkbox
              checked={form.subscriptionsByCheckout}
              onChange={(event) => change({ subscriptionsByCheckout: event.currentTarget.checked })}
              label="Subscriptions are bought in a Stripe checkout"
              note="Its session is reported. Off: the first invoice is."
            />
          )}
          <Checkbox
            checked={form.sandbox}
            onChange={(event) => change({ sandbox: event.currentTarget.checked })}
            label="This is a sandbox"
            note="All its events are tests, whatever they say."
          />
          <Checkbox
            checked={form.reportTestMode}
            onChange={(event) => change({ reportTestMode: event.currentTarget.checked })}
            label="Report tests too"
            note="Real postbacks leave for tests then. Usually off."
          />
          {failed && failed.length > 0 && (
            <div role="alert">
              <Callout meaning="lost" title="This mapping is not complete.">
                {failed.map(({ path, message }) => `${path === '' ? '' : `${path} `}${message}`).join('. ')}
              </Callout>
            </div>
          )}
          {mayManage && (
            <div className="form-acts">
              <Button variant="primary" disabled={!ready} onClick={editor.save} working={saving && 'Saving'}>
                Save the mapping
              </Button>
              {changed && (
                <Button variant="quiet" onClick={editor.reset}>
                  Discard the changes
                </Button>
              )}
              <span className="c3 text-12">
                {changed
                  ? ready
                    ? 'Tried on the events shown.'
                    : 'Trying it on real events…'
                  : 'Nothing is changed.'}
              </span>
            </div>
          )}
        </fieldset>
      </Panel>
      <PreviewList preview={editor.preview} changed={changed} />
    </div>
  );
}

/** The campaigns to choose from; one that is stored but not known stays. */
const withChosen = (campaigns: Props['campaigns'], chosen: string) =>
  chosen === '' || campaigns.some(({ id }) => id === chosen)
    ? campaigns
    : [...campaigns, { id: chosen, name: null }];
