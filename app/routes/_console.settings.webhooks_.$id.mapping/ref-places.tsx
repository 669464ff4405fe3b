import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { type Place, REF_PLACES } from '../_console.settings.webhooks/mapping-form.ts';
import { PlaceFields } from './place-fields.tsx';

/** As many places as a mapping may name. */
const MOST = 4;
const ORDER = ['First', 'Then', 'Then', 'Last'] as const;

/** Where the tracking code is looked for, in order: the first place that holds something wins. */
export function RefPlaces({
  source,
  places,
  onChange,
}: {
  source: SourceId;
  places: readonly Place[];
  onChange: (places: Place[]) => void;
}) {
  const options = REF_PLACES[source];
  const put = (index: number, place: Place) => onChange(places.map((old, i) => (i === index ? place : old)));
  const raise = (index: number) =>
    onChange(
      places.flatMap((place, i) =>
        i === index ? [] : i === index - 1 ? [places[index] as Place, place] : [place],
      ),
    );
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="med mb-2">The tracking code, byte for byte</legend>
      {places.map((place, index) => (
        <PlaceFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is its position
          key={index}
          label={`${ORDER[index] ?? 'Then'} (${index + 1})`}
          place={place}
          options={options}
          onChange={(next) => put(index, next)}
          end={
            <span className="flex gap-1">
              <Button
                variant="quiet"
                icon={ArrowUp}
                disabled={index === 0}
                aria-label={`Look in place ${index + 1} earlier`}
                onClick={() => raise(index)}
              />
              <Button
                variant="quiet"
                icon={Trash2}
                disabled={places.length === 1}
                aria-label={`Remove place ${index + 1}`}
                onClick={() => onChange(places.filter((_, i) => i !== index))}
              />
            </span>
          }
        />
      ))}
      {places.length < MOST && (
        <span>
          <Button
            small
            icon={Plus}
            onClick={() => onChange([...places, { kind: options[0]?.kind ?? '', key: '', type: 'order' }])}
          >
            Another place
          </Button>
        </span>
      )}
    </fieldset>
  );
}
