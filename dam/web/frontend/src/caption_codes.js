// Codes between two signs (=mt=) and variables ({date}) are written out as soon as they are typed.
import { element } from "./page.js";

const CODE = /=([^\s=#]{1,40})(?:#([1-9][0-9]?))?=$/;
const VARIABLE = /\{(date|place|dateline|photographer|people|accession|negative|frame)\}$/;
const FIELD_OF = { photographer: "creator" };

let codes = null;

/** Fetches the codes once; until they are there nothing is written out. */
export async function loadCodes() {
  try {
    const response = await fetch("/desk/codes.json", { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    codes = new Map((await response.json()).map((one) => [one.code.toLowerCase(), one]));
  } catch {
    codes = null; // offline: the codes stay as they were typed
  }
}

/** Writes out what was just typed in *field*; returns what to say of it, or nothing. */
export function expandTyped(desk, field) {
  if (field.selectionStart === undefined || field.selectionStart !== field.selectionEnd) return "";
  const before = field.value.slice(0, field.selectionStart);
  const variable = VARIABLE.exec(before);
  if (variable) return expandVariable(desk, field, variable);
  const found = codes && CODE.exec(before);
  if (!found) return "";
  const code = codes.get(found[1].toLowerCase());
  const words = code?.replacements[Number(found[2] ?? 1) - 1];
  if (!words) return `${found[0]} is no code; it stays as it was typed.`;
  put(field, found[0].length, words);
  if (code.kind !== "agent") return `${found[0]} is ${words}.`;
  const list = field.name === "creator" ? "creator" : "people";
  if (code.id) link(desk, list, code.id, field.name === list ? words : code.name || words);
  if (field.name !== list) addPerson(desk, code.name || words);
  return code.id ? `${found[0]} is ${code.name} (linked).` : `${found[0]} is ${words}.`;
}

function expandVariable(desk, field, found) {
  const name = FIELD_OF[found[1]] ?? found[1];
  const words = name === "frame" ? desk.form.dataset.number : desk.form.elements[name]?.value.trim();
  if (!words) return `${found[0]} has nothing to say on this frame; it stays as it was typed.`;
  put(field, found[0].length, words);
  return `${found[0]} is ${words}.`;
}

function put(field, length, words) {
  const end = field.selectionStart;
  field.setRangeText(words, end - length, end, "end");
}

function addPerson(desk, name) {
  const people = desk.form.elements.people;
  const there = people.value.split(";").map((one) => one.trim()).filter(Boolean);
  if (!there.includes(name)) people.value = [...there, name].join("; ");
}

/** Remembers in the form which record was chosen for a name. */
export function link(desk, field, id, words) {
  const { links } = desk.form.elements;
  const line = `${field}\t${id}\t${words}`;
  if (!links.value.split("\n").includes(line)) links.value = links.value ? `${links.value}\n${line}` : line;
}

/** Says something quietly under a field, until the archive says what it understood. */
export function sayUnder(field, words) {
  const place = document.getElementById(`${field.name}-reading`);
  if (place && words) place.replaceChildren(element("li", words));
}
