// The captioning desk: saves as one writes, moves between frames without letting go of the field,
// and never loses a word. Without it the page is a plain form that does the same with its buttons.
import { element, inField } from "./page.js";
import { expandTyped, loadCodes, sayUnder } from "./caption_codes.js";
import { compare } from "./caption_conflict.js";
import { readDateline, takeLines } from "./caption_dateline.js";
import { Draft, offerDraft } from "./caption_draft.js";
import { fetchAhead, forgetFrame, forgetFrames, frameOf, savings, showFrame } from "./caption_frames.js";
import { actionOf, keysDialog, lettersSwitch } from "./caption_keys.js";
import { carryLocks, showLocks, toggleLock } from "./caption_locks.js";
import { focusField, show } from "./caption_places.js";
import { clearState, drawState } from "./caption_states.js";
import { applyToChosen, step } from "./caption_steps.js";
import { keepStrip, showChosen, showState, stripKey, toggleChosen } from "./caption_strip.js";
import { closeSuggestions, dressFields, suggestFor, suggestKey } from "./caption_suggest.js";

const IDLE_MS = 600;
let desk = null;

/** One frame on the desk, from mount to the next one. */
class Desk {
  constructor() {
    this.form = document.getElementById("caption");
    this.id = this.form.dataset.frame;
    this.url = this.form.getAttribute("action");
    this.banner = document.getElementById("caption-banner");
    this.draft = new Draft(this.id);
    this.saved = this.values();
    this.form.addEventListener("input", (event) => this.wrote(event.target));
    this.form.addEventListener("focusout", () => {
      closeSuggestions();
      this.save();
    });
    this.form.addEventListener("submit", (event) => this.submitted(event));
    document.getElementById("add-language").addEventListener("submit", (event) => this.addLanguage(event));
    dressFields(this.form);
    offerDraft(this);
    const { next, previous, nextWithoutCaption } = this.form.dataset;
    fetchAhead([next, nextWithoutCaption, previous]);
  }

  /** Something was typed in *field*: codes are written out, names offered, the dateline read. */
  wrote(field) {
    const said = expandTyped(this, field);
    this.typed();
    sayUnder(field, said);
    suggestFor(this, field);
    readDateline(this, field);
  }

  values() {
    const values = Object.fromEntries(new FormData(this.form));
    delete values.csrf_token;
    delete values.revision;
    delete values.dateline_was;
    return values;
  }

  changed() {
    const now = this.values();
    return Object.keys(now).some((name) => now[name] !== this.saved[name]);
  }

  typed() {
    clearTimeout(this.idle);
    if (this.draft.keep(this.values(), this.saved)) this.say("Writing…");
    this.idle = setTimeout(() => this.save(), IDLE_MS);
  }

  say(words, tone = "quiet") {
    if (desk !== this) return;
    const status = document.getElementById("saved");
    status.className = `saved tone-${tone}`;
    if (status.textContent !== words) status.textContent = words;
  }

  /** Saves what has changed; one request at a time, in the order of writing. */
  save({ done = false } = {}) {
    clearTimeout(this.idle);
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.send(done));
    savings.set(this.url, this.saving);
    return this.saving;
  }

  async send(done) {
    if (this.conflict || (!done && !this.changed())) return !this.conflict;
    const sent = this.values();
    const body = new FormData(this.form);
    if (done) body.append("done", "1");
    this.say("Saving…");
    let response;
    try {
      response = await fetch(this.form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: true,
      });
    } catch {
      return this.kept("Not saved: offline. The words are kept on this machine.", "offline");
    }
    return this.answered(response, sent);
  }

  async answered(response, sent) {
    let json = null;
    try {
      json = await response.json();
    } catch {
      // A page instead of an answer: the session ended, or a proxy spoke.
    }
    if (response.status === 409 && json?.theirs) return this.conflicted(json, sent);
    if (!json || typeof json.revision !== "number") {
      const ended = response.redirected || [400, 401, 403].includes(response.status);
      return this.kept(ended ? "Not saved: the session has ended." : "Not saved.", ended ? "ended" : "failed", ended ? "" : json?.detail);
    }
    this.form.elements.revision.value = json.revision;
    this.saved = { ...sent };
    clearState();
    takeLines(this.form, json.lines, sent, this.saved);
    showState(this.url, json.state);
    this.mark(json.errors ?? {}, json.understood ?? {});
    forgetFrame(this.url); // by now another frame may be on the desk
    const wrong = Object.keys(json.errors ?? {}).length;
    if (!wrong && !this.changed()) this.draft.forget();
    this.say(wrong ? `Saved ${json.saved_at}, but for what is marked` : `Saved ${json.saved_at}`, wrong ? "waiting" : "quiet");
    return true;
  }

  kept(words, state, detail = "") {
    drawState(state, () => this.save(), detail);
    if (desk === this) this.say(words, "stop");
    else if (desk) desk.tell(`${words} It is frame ${this.id}.`, { url: this.url, label: "Go back to it" });
    return false;
  }

  conflicted(json, sent) {
    this.conflict = true;
    this.say("Not saved: somebody else saved first.", "stop");
    compare(this, json, sent, this.saved);
    return false;
  }

  mark(errors, understood) {
    for (const place of this.form.querySelectorAll("[data-error-of]")) {
      const name = place.dataset.errorOf;
      place.textContent = errors[name] ?? "";
      this.form.elements[name].toggleAttribute("aria-invalid", false);
      if (errors[name]) this.form.elements[name].setAttribute("aria-invalid", "true");
    }
    for (const place of this.form.querySelectorAll("[data-reading-of]")) {
      const reading = understood[place.dataset.readingOf];
      const lines = reading === undefined ? [] : [reading].flat();
      place.replaceChildren(...lines.map((line) => element("li", line)));
    }
  }

  tell(words, link = null) {
    const note = element("p", `${words} `, { className: "banner" });
    if (link) note.append(element("a", link.label, { href: link.url }));
    this.banner.append(note);
  }

  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      if (this.form.elements[name]) this.form.elements[name].value = value;
    }
  }

  async submitted(event) {
    event.preventDefault();
    if (event.submitter?.name === "done") await finishFrame();
    else await this.save();
  }

  async addLanguage(event) {
    event.preventDefault();
    const language = event.target.elements.add.value.trim();
    if (!language) return;
    if (await this.save()) location.assign(`${location.pathname}?add=${encodeURIComponent(language)}#field=caption@${language}`);
  }

  /** F2: what the previous frame says, into this field or into every empty one. */
  async copyFromPrevious(field) {
    const { previous } = this.form.dataset;
    const page = previous && (await frameOf(previous));
    if (!page) return this.say("There is no previous frame to copy from.", "waiting");
    const theirs = page.getElementById("caption").elements;
    const fields = field ? [field] : [...this.form.elements].filter((f) => f.name && !f.value && f.type !== "hidden");
    for (const one of fields) if (theirs[one.name]) one.value = theirs[one.name].value;
    return this.typed();
  }
}

/** Goes to another frame: in place when it was fetched, as a navigation when it was not. */
async function go(url, { push = true } = {}) {
  const field = document.activeElement?.name;
  desk.save(); // does not wait: a frame that was not saved says so, wherever we are by then
  const page = await frameOf(url);
  if (!page) {
    await desk.saving;
    location.assign(field ? `${url}#field=${field}` : url);
    return;
  }
  forgetFrame(url); // once shown it is edited, so its stored copy is old
  closeSuggestions();
  keepStrip(page);
  const form = document.querySelector(".caption-form");
  const [top, more] = [form.scrollTop, document.querySelector(".more-fields")?.open];
  showFrame(page);
  document.querySelector(".caption-form").scrollTop = top;
  if (more) document.querySelector(".more-fields").open = true;
  document.title = page.title;
  if (push) history.pushState(null, "", url);
  mount(field);
}

async function finishFrame() {
  const next = desk.form.dataset.nextWithoutCaption ?? desk.form.dataset.next;
  if (next) return go(next); // it is saved meanwhile; if not, that is said wherever we are
  if (await desk.save({ done: true })) desk.say("Done. No frame without a caption is left.", "good");
}

function mount(field) {
  desk = new Desk();
  showLocks();
  showChosen();
  if (carryLocks(desk.form)) desk.typed();
  focusField(field);
  const strip = document.querySelector(".desk-top .filmstrip");
  const current = strip?.querySelector("[aria-current]");
  if (current) strip.scrollLeft = current.offsetLeft - strip.offsetLeft - strip.clientWidth / 2;
  document.dispatchEvent(new CustomEvent("dam:page"));
}

const viewer = (action) => document.querySelector("dam-viewer")?.viewer && document.querySelector("dam-viewer").perform(action);

const press = (selector) => document.querySelector(selector)?.click();
const there = (url) => Boolean(url && go(url));

const PERFORM = {
  previous: () => there(desk.form.dataset.previous),
  next: () => there(desk.form.dataset.next),
  done: () => finishFrame(),
  copy: (field) => desk.copyFromPrevious(field),
  lock: (field) => (field ? desk.say(toggleLock(field)) : desk.say("Go to a field first; the lock is for one field.", "waiting")),
  apply: (field) => (field ? applyToChosen(desk, field, forgetFrames) : desk.say("Go to a field first; it is written to the chosen frames.", "waiting")),
  choose: () => toggleChosen(desk.id),
  left: () => press('[name="way"][value="left"]'),
  right: () => press('[name="way"][value="right"]'),
  pick: () => press('[name="mark"][value="pick"]'),
  reject: () => press('[name="mark"][value="reject"]'),
  verso: () => press('[name="recto"]'),
  alt: () => show(desk.form.querySelector('[name^="alt@"]').id),
  sensitivity: () => show("sensitivity-title"),
  public: () => show("public-title"),
  zoom: () => viewer("toggle"),
  pixels: () => viewer("pixels"),
  undo: () => press("#undo-button"),
};

function pressed(event) {
  if (suggestKey(desk, event) || stripKey(event)) return true;
  const field = inField(event.target) && event.target.form === desk.form ? event.target : null;
  const action = actionOf(event);
  if (action) return PERFORM[action](field) !== false;
  if (event.key !== "Escape" || !inField(event.target) || document.querySelector("dialog[open]")) return false;
  event.target.blur();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (pressed(event)) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-step]")) return;
  event.preventDefault();
  step(desk, event.target, event.submitter, () => {
    forgetFrames();
    return go(location.pathname, { push: false });
  });
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(".desk-top .filmstrip a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
addEventListener("popstate", () => go(location.pathname, { push: false }));
addEventListener("offline", () => drawState("offline", () => desk.save()));
addEventListener("online", () => {
  clearState();
  desk.save();
});
addEventListener("pagehide", () => desk.save());

lettersSwitch();
keysDialog();
loadCodes();
mount(decodeURIComponent(/^#field=(.+)$/.exec(location.hash)?.[1] ?? ""));
