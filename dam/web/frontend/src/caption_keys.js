// The keys of the desk: each action has one, which everybody may change in this browser.
import { element, inField, remember, remembered } from "./page.js";

const CHANGED = "dam:keys";
const LETTERS = "dam:single-letters";

/** What the desk can do by a key: name, usual key, words. A single letter works outside fields. */
export const ACTIONS = [
  ["previous", "PageUp", "previous frame; the field stays"],
  ["next", "PageDown", "next frame; the field stays"],
  ["done", "Ctrl+Enter", "done, next frame without a caption"],
  ["copy", "F2", "copy this field from the previous frame; outside fields, all that are empty"],
  ["lock", "F4", "lock this field: its words go to the next frames where it is empty"],
  ["apply", "F8", "write this field to the chosen frames"],
  ["choose", "S", "choose this frame, or leave it out; in the filmstrip Space, Shift and arrows"],
  ["left", "[", "turn the picture left"],
  ["right", "]", "turn the picture right"],
  ["pick", "P", "pick this frame"],
  ["reject", "X", "reject this frame"],
  ["verso", "B", "it is the back of the previous frame"],
  ["alt", "A", "alternative text"],
  ["sensitivity", "E", "sensitivity"],
  ["public", "V", "what the public sees"],
  ["zoom", "Z", "zoom in, and back to the whole picture"],
  ["pixels", "1", "one pixel of the picture is one of the screen"],
  ["undo", "U", "undo the last change of this frame"],
];

function changed() {
  try {
    return JSON.parse(remembered(CHANGED) ?? "{}");
  } catch {
    return {};
  }
}

export function keyOf(action) {
  return changed()[action] ?? ACTIONS.find(([name]) => name === action)[1];
}

/** A key as it is written: "Ctrl+Enter", "F2", "Z"; empty while only a modifier is down. */
export function written(event) {
  if (["Control", "Shift", "Alt", "Meta", "AltGraph"].includes(event.key)) return "";
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return `${event.ctrlKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.metaKey ? "Meta+" : ""}${event.shiftKey && key.length > 1 ? "Shift+" : ""}${key}`;
}

/** The action that a key asks for here, or null. */
export function actionOf(event) {
  if (document.querySelector("dialog[open]") || event.isComposing) return null;
  const key = written(event);
  if (key.length === 1 && (inField(event.target) || remembered(LETTERS) === "off")) return null;
  return ACTIONS.find(([name]) => keyOf(name) === key)?.[0] ?? null;
}

/** Draws the keys into the dialog, each with a button that takes another one. */
export function keysDialog() {
  const box = document.getElementById("keys-chosen");
  if (!box) return;
  const said = element("p", "", { className: "small", role: "status" });
  const rows = ACTIONS.map(([name, , words]) => {
    const row = element("li", "", { className: "key-row" });
    const button = element("button", keyOf(name), { type: "button", className: "compact" });
    button.setAttribute("aria-label", `${words}: ${keyOf(name)}. Change the key`);
    button.addEventListener("click", () => listen(name, button, said));
    row.append(button, element("span", words));
    return row;
  });
  const reset = element("button", "Back to the usual keys", { type: "button", className: "compact" });
  reset.addEventListener("click", () => {
    remember(CHANGED, "");
    keysDialog();
  });
  const list = element("ul", "", { className: "key-rows" });
  list.append(...rows);
  box.replaceChildren(list, said, reset);
}

function listen(action, button, said) {
  said.textContent = "Press the new key. Escape keeps the old one.";
  const take = (event) => {
    const key = written(event);
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    removeEventListener("keydown", take, true);
    if (key === "Escape") return void (said.textContent = "It stays as it was.");
    if (["Tab", "Enter", "?"].includes(key)) return void (said.textContent = `${key} moves through the page; choose another key.`);
    const holder = ACTIONS.find(([name]) => name !== action && keyOf(name) === key);
    if (holder) return void (said.textContent = `${key} is taken: ${holder[2]}. Change that one first.`);
    const now = { ...changed(), [action]: key };
    remember(CHANGED, JSON.stringify(now));
    button.textContent = key;
    button.setAttribute("aria-label", `${ACTIONS.find(([name]) => name === action)[2]}: ${key}. Change the key`);
    said.textContent = `It is ${key} now, in this browser.`;
  };
  addEventListener("keydown", take, true);
}

export function lettersSwitch() {
  const letters = document.querySelector("[data-single-letters]");
  letters.checked = remembered(LETTERS) !== "off";
  letters.addEventListener("change", () => remember(LETTERS, letters.checked ? "" : "off"));
}
