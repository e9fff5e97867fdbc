// The dateline is read while it is typed: what was understood stands under it, and what was not.
import { element } from "./page.js";

const WAIT_MS = 200;
let waiting;

export function readDateline(desk, field) {
  clearTimeout(waiting);
  if (field.name !== "dateline") return;
  waiting = setTimeout(() => ask(desk, field), WAIT_MS);
}

async function ask(desk, field) {
  const asked = field.value;
  try {
    const response = await fetch(`/desk/dateline?q=${encodeURIComponent(asked)}`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const { lines, missed } = await response.json();
    if (field.value !== asked) return;
    const place = document.getElementById("dateline-reading");
    place.replaceChildren(...lines.map((line) => element("li", line)), ...missed.map((line) => element("li", line, { className: "missed" })));
  } catch {
    // Offline: saving says so.
  }
}

/** Takes over how the archive split the line, where nobody has typed on since *sent*. */
export function takeLines(form, lines, sent, saved) {
  if (!lines) return;
  form.elements.dateline_was.value = lines.dateline;
  for (const name of ["dateline", "place", "date"]) {
    const field = form.elements[name];
    if (field === document.activeElement || field.value !== sent[name]) continue;
    field.value = lines[name];
    saved[name] = lines[name];
  }
}
