// Locked fields: what they said when they were locked goes to the next frames where they are empty.
import { remember, remembered } from "./page.js";

const LOCKS = "dam:locks";

function locks() {
  try {
    return JSON.parse(remembered(LOCKS) ?? "{}");
  } catch {
    return {};
  }
}

/** Locks *field* with what it says, or lets go of it; returns what to say. */
export function toggleLock(field) {
  const now = locks();
  const held = now[field.name] !== undefined;
  if (held) delete now[field.name];
  else if (!field.value.trim()) return "An empty field cannot be locked; write its words first.";
  else now[field.name] = field.value;
  remember(LOCKS, Object.keys(now).length ? JSON.stringify(now) : "");
  showLocks();
  return held ? "Not locked any more." : "Locked: these words go to the next frames where this field is empty.";
}

export function showLocks() {
  const now = locks();
  for (const sign of document.querySelectorAll("[data-locked]")) {
    const words = now[sign.dataset.locked];
    sign.hidden = words === undefined;
    if (words !== undefined) sign.title = words;
  }
}

/** Puts locked words into the empty fields of *form*; whether there were any. */
export function carryLocks(form) {
  let carried = false;
  for (const [name, words] of Object.entries(locks())) {
    const field = form.elements[name];
    if (!field || field.value) continue;
    field.value = words;
    carried = true;
  }
  return carried;
}
