/** What a person uses in a card: buttons, menus, inputs, and forms that collect them. */
import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext, useRef, useState } from 'preact/hooks';
import { usePage } from '../context.ts';
import { type Fields, isFields, listOf, textOf } from '../reading.ts';
import { toastIn } from '../server.ts';
import { contentOf, useOf } from './card-parts.ts';

/** The message whose card it is. */
export const CardMessage = createContext('');

/** The values of the form around a component; `undefined` outside a form. */
const FormValues = createContext<Map<string, unknown> | undefined>(undefined);

/** Reports the use of a component to the app, and shows its toast. */
function useClick(): (action: Fields) => Promise<void> {
  const { act, me, lang, say, toast } = usePage();
  const messageId = useContext(CardMessage);
  return async (action) => {
    const clicked = await act('click', { messageId, action, from: { openId: me } });
    if (clicked === undefined) return;
    if (typeof clicked.code === 'number')
      toast('error', say('clickFailed', { code: clicked.code }));
    const shown = toastIn(clicked.answer, lang);
    if (shown) toast(shown.type, shown.text);
  };
}

export function CardButton({ element }: { readonly element: Fields }): JSX.Element {
  const { lang } = usePage();
  const click = useClick();
  const values = useContext(FormValues);
  const [isBusy, setBusy] = useState(false);
  const label = contentOf(element.text, lang);
  const kind = textOf(element.type).split('_')[0] || 'default';
  const isSubmit = element.form_action_type === 'submit';
  const { href, action } = useOf(
    element,
    isSubmit ? { form_value: Object.fromEntries(values ?? []) } : {},
  );
  const question = fieldsText(element.confirm, lang);
  if (href !== undefined && action === undefined) {
    return (
      <a class={`button ${kind}`} href={href} target="_blank" rel="noopener noreferrer">
        {label}
      </a>
    );
  }
  const use = async (): Promise<void> => {
    if (action === undefined || (question !== '' && !confirm(question))) return;
    setBusy(true);
    await click(action);
    setBusy(false);
  };
  return (
    <button
      type="button"
      class={`button ${kind}`}
      disabled={element.disabled === true || isBusy}
      onClick={() => void use()}
    >
      {label}
    </button>
  );
}

function fieldsText(confirm: unknown, lang: 'en' | 'zh'): string {
  if (!isFields(confirm)) return '';
  return [contentOf(confirm.title, lang), contentOf(confirm.text, lang)].join('\n').trim();
}

export function CardForm({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const values = useRef(new Map<string, unknown>());
  return (
    <div class="card-form">
      <FormValues.Provider value={values.current}>{children}</FormValues.Provider>
    </div>
  );
}

/** Keeps a value for the form, or reports it at once outside of one. */
function useValue(element: Fields): (value: unknown, added: Fields) => void {
  const values = useContext(FormValues);
  const click = useClick();
  return (value, added) => {
    if (values) values.set(textOf(element.name), value);
    else {
      const { action } = useOf(element, added);
      if (action !== undefined) void click(action);
    }
  };
}

export function CardSelect({ element }: { readonly element: Fields }): JSX.Element {
  const { lang, say } = usePage();
  const keep = useValue(element);
  const options = listOf(element.options).filter(isFields);
  const isMultiple = textOf(element.tag).startsWith('multi_');
  const label = contentOf(element.placeholder, lang) || say('choose');
  const changed = (menu: HTMLSelectElement): void => {
    const chosen = [...menu.selectedOptions].map(({ value }) => value);
    if (isMultiple) keep(chosen, { options: chosen });
    else if (chosen[0] !== '') keep(chosen[0], { option: chosen[0] });
  };
  return (
    <select
      aria-label={label}
      multiple={isMultiple}
      disabled={element.disabled === true}
      onChange={(event) => changed(event.currentTarget)}
    >
      {!isMultiple && <option value="">{label}</option>}
      {options.map((option) => {
        const value = textOf(option.value);
        return (
          <option
            key={value}
            value={value}
            selected={
              value === element.initial_option || listOf(element.selected_values).includes(value)
            }
          >
            {contentOf(option.text, lang) || value}
          </option>
        );
      })}
    </select>
  );
}

const inputTypes: ReadonlyMap<string, 'date' | 'time' | 'datetime-local'> = new Map([
  ['date_picker', 'date'],
  ['picker_time', 'time'],
  ['picker_datetime', 'datetime-local'],
]);

export function CardInput({ element }: { readonly element: Fields }): JSX.Element {
  const { lang } = usePage();
  const keep = useValue(element);
  const tag = textOf(element.tag);
  // The types of inputs are typed one by one, and which one it is only the card says.
  const type = element.input_type === 'password' ? 'password' : (inputTypes.get(tag) ?? 'text');
  const placeholder = contentOf(element.placeholder, lang);
  const label = contentOf(element.label, lang);
  const shared = {
    placeholder,
    'aria-label': label || placeholder || textOf(element.name) || tag,
    disabled: element.disabled === true,
  };
  const kept = (value: string): void =>
    keep(value, tag === 'input' ? { input_value: value } : { option: value });
  return (
    <div class="card-input">
      {label !== '' && <span>{label}</span>}
      {element.input_type === 'multiline_text' ? (
        <textarea
          {...shared}
          rows={4}
          defaultValue={textOf(element.default_value)}
          onChange={(event) => kept(event.currentTarget.value)}
        />
      ) : (
        <input
          {...shared}
          type={type as 'text'}
          defaultValue={textOf(element.default_value)}
          onChange={(event) => kept(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

export function CardChecker({ element }: { readonly element: Fields }): JSX.Element {
  const { lang } = usePage();
  const keep = useValue(element);
  return (
    <label class="card-checker">
      <input
        type="checkbox"
        defaultChecked={element.checked === true}
        disabled={element.disabled === true}
        onChange={({ currentTarget: { checked } }) => keep(checked, { checked })}
      />
      {contentOf(element.text, lang)}
    </label>
  );
}

export function CardOverflow({ element }: { readonly element: Fields }): JSX.Element {
  const { lang } = usePage();
  const click = useClick();
  return (
    <details class="overflow">
      <summary aria-label="…">…</summary>
      {listOf(element.options)
        .filter(isFields)
        .map((option) => {
          const { action } = useOf(element, { option: textOf(option.value) });
          return (
            <button
              key={textOf(option.value)}
              type="button"
              onClick={() => void (action && click(action))}
            >
              {contentOf(option.text, lang)}
            </button>
          );
        })}
    </details>
  );
}
