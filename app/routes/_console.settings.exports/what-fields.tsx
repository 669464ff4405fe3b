import { type FieldMetadata, getSelectProps } from '@conform-to/react';
import { useState } from 'react';
import { isList, LIST_NAMES, LISTS } from '#app/modules/scheduled/schema.ts';
import { filterWords } from '#app/modules/scheduled/words-schema.ts';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import type { ScheduleFields, ScheduleFormProps } from './schedule-form.tsx';

type Fields = Record<'list' | 'viewId' | 'query', FieldMetadata<string, ScheduleFields, string[]>>;

/** Which list, and which filters: those it was opened with, none, or those of a saved view. */
export function WhatFields({
  fields,
  initial,
  views,
}: Pick<ScheduleFormProps, 'initial' | 'views'> & { fields: Fields }) {
  const [list, setList] = useState(initial.list);
  const [viewId, setViewId] = useState(initial.viewId ?? '');
  // filters are of their list: another one begins without
  const query = list === initial.list ? initial.query : '';
  const own = views.filter((view) => view.list === list);
  const view = own.find(({ id }) => id === viewId);
  const shown = view?.query ?? query;
  const { key: _list, defaultValue: _listDefault, ...listProps } = getSelectProps(fields.list);
  const {
    key: _view,
    defaultValue: _viewDefault,
    ...viewProps
  } = getSelectProps(fields.viewId, { ariaDescribedBy: fields.viewId.descriptionId });
  return (
    <>
      <Field {...fieldOf(fields.list)} label="List">
        <Select
          {...listProps}
          value={list}
          onChange={(event) => {
            const next = event.currentTarget.value;
            if (!isList(next)) return;
            setList(next);
            setViewId('');
          }}
        >
          {LIST_NAMES.map((name) => (
            <option key={name} value={name}>
              {LISTS[name].label}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        {...fieldOf(fields.viewId)}
        label="Filters"
        help={
          <span>
            {filterWords(shown)}.{' '}
            {view
              ? 'The view as it is at each sending: change it, and the mail changes.'
              : 'Ranges such as “Last 7 days” are those of each sending; a month or a day that is named stays that one.'}{' '}
            <TextLink to={`${LISTS[list].path}${shown === '' ? '' : `?${shown}`}`}>See the list</TextLink>
          </span>
        }
      >
        <Select {...viewProps} value={viewId} onChange={(event) => setViewId(event.currentTarget.value)}>
          <option value="">
            {query === '' ? 'No filters: everything' : 'The filters it was opened with'}
          </option>
          {own.map(({ id, name, shared }) => (
            <option key={id} value={id}>
              {`Saved view: ${name}${shared ? ' (shared)' : ''}`}
            </option>
          ))}
        </Select>
      </Field>
      <input type="hidden" name={fields.query.name} value={query} />
    </>
  );
}
