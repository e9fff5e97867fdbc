// Steps that are one key each: turn, mark, link; and one field written to the chosen frames.
import { element } from "./page.js";
import { chosenFrames } from "./caption_strip.js";

const TRIES = 30;
const WAIT_MS = 600;

async function post(url, body) {
  try {
    const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    const json = await response.json();
    return response.ok ? json : { detail: json.detail ?? "The archive did not do it." };
  } catch {
    return { detail: "Not done: offline, or the session has ended." };
  }
}

/** Does what a form of one step asks for; *again* shows the frame anew. */
export async function step(desk, form, button, again) {
  if (!(await desk.save())) return;
  const body = new FormData(form);
  if (button?.name) body.set(button.name, button.value);
  const service = document.querySelector("dam-viewer")?.dataset.service;
  const turning = form.action.endsWith("/turn");
  const before = turning && service ? await shape(service) : "";
  const answer = await post(form.action, body);
  if (answer.detail) return desk.say(answer.detail, "stop");
  await again();
  if (before) waitForPicture(service, before, again);
}

async function shape(service) {
  const info = await (await fetch(`${service}/info.json`, { cache: "no-store" })).json();
  return `${info.width} ${info.height}`;
}

/** The picture is cut anew by a job; it is shown as soon as its shape has changed. */
async function waitForPicture(service, before, again) {
  for (let tried = 0; tried < TRIES; tried += 1) {
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    if (document.querySelector("dam-viewer")?.dataset.service !== service) return;
    if ((await shape(service).catch(() => before)) !== before) return again();
  }
}

/** F8: what *field* says, to all chosen frames as one step, with a button that takes it back. */
export async function applyToChosen(desk, field, forget) {
  const others = chosenFrames().filter((one) => one !== desk.id);
  if (!others.length) return desk.say("No other frame is chosen: S chooses frames, or Space in the filmstrip.", "waiting");
  await desk.save();
  const body = new FormData();
  body.append("csrf_token", desk.form.elements.csrf_token.value);
  body.append("field", field.name);
  body.append("value", field.value);
  for (const one of others) body.append("frame", one);
  const answer = await post("/desk/apply", body);
  if (answer.detail) return desk.say(answer.detail, "stop");
  forget();
  const label = document.querySelector(`label[for="${CSS.escape(field.name)}"]`)?.dataset.label ?? field.name;
  const note = element("p", `${label} written to ${answer.written.length} frames; ${answer.left.length} said so already. `, { className: "banner" });
  const undo = element("button", "Undo on all of them", { type: "button", className: "compact" });
  undo.addEventListener("click", async () => {
    const back = new FormData();
    back.append("csrf_token", desk.form.elements.csrf_token.value);
    back.append("group", answer.group);
    const undone = await post("/desk/apply/undo", back);
    forget();
    note.textContent = undone.detail ?? `Taken back on ${undone.written.length} frames.${undone.left.length ? ` ${undone.left.length} were edited since and stay.` : ""}`;
  });
  note.append(undo);
  desk.banner.replaceChildren(note);
  return desk.say("Written.", "good");
}
