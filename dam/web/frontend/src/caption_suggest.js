// Names are offered while they are typed: a combobox over the authorities (ARIA 1.2).
import { element } from "./page.js";
import { link } from "./caption_codes.js";

const WAIT_MS = 120;
const SHORTEST = 2;
const LISTED = { people: ";", creator: ";", keywords: ";", place: ",", dateline: "," };

let open = null; // {field, list, options, at}

const kindOf = (field) => field.name?.split("@")[0];

/** Makes comboboxes of the fields that have something to offer. */
export function dressFields(form) {
  for (const field of form.querySelectorAll("input")) {
    if (!LISTED[kindOf(field)]) continue;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("autocomplete", "off");
  }
}

/** The words that are being typed in *field*, and where they begin. */
function part(field) {
  const before = field.value.slice(0, field.selectionStart);
  const start = before.lastIndexOf(LISTED[kindOf(field)]) + 1;
  const words = before.slice(start);
  return { start: start + (words.length - words.trimStart().length), words: words.trim() };
}

let waiting;
export function suggestFor(desk, field) {
  clearTimeout(waiting);
  close();
  if (!LISTED[kindOf(field)]) return;
  const { words } = part(field);
  if (words.length < SHORTEST || words.includes("=")) return;
  waiting = setTimeout(() => offer(desk, field, words), WAIT_MS);
}

async function offer(desk, field, words) {
  const kind = kindOf(field) === "dateline" ? "place" : kindOf(field);
  let found;
  try {
    const response = await fetch(`/desk/suggest?field=${kind}&q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    found = response.ok ? await response.json() : [];
  } catch {
    return;
  }
  if (document.activeElement !== field || part(field).words !== words) return;
  found = found.filter((one) => one.name !== words);
  if (!found.length) return;
  const list = element("ul", "", { className: "suggestions", id: `${field.name}-suggestions` });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names that begin so");
  const options = found.map((one, number) => {
    const option = element("li", one.name, { id: `${field.name}-suggestion-${number}` });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (one.beside) option.append(" ", element("span", one.beside, { className: "quiet small" }));
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(desk, number);
    });
    return option;
  });
  list.append(...options);
  field.after(list);
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", list.id);
  open = { field, list, options, found, at: -1 };
}

function close() {
  if (!open) return;
  open.field.setAttribute("aria-expanded", "false");
  open.field.removeAttribute("aria-activedescendant");
  open.field.removeAttribute("aria-controls");
  open.list.remove();
  open = null;
}

function move(step) {
  const { options, field } = open;
  options[open.at]?.setAttribute("aria-selected", "false");
  open.at = (open.at + step + options.length + (open.at < 0 && step < 0 ? 1 : 0)) % options.length;
  options[open.at].setAttribute("aria-selected", "true");
  options[open.at].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", options[open.at].id);
}

function choose(desk, number) {
  const { field, found } = open;
  const { name, id } = found[number];
  field.setRangeText(name, part(field).start, field.selectionStart, "end");
  if (id && (field.name === "people" || field.name === "creator")) link(desk, field.name, id, name);
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  close();
}

/** Whether an open list took the key. */
export function suggestKey(desk, event) {
  if (!open || event.target !== open.field || event.isComposing) return false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return move(event.key === "ArrowDown" ? 1 : -1), true;
  if (event.key === "Enter" && open.at >= 0 && !event.ctrlKey) return choose(desk, open.at), true;
  if (event.key === "Escape") return close(), true;
  return false;
}

export const closeSuggestions = () => {
  clearTimeout(waiting);
  close();
};
