// What went wrong is drawn where it cannot be missed, with what to do; the words are kept.
import { element } from "./page.js";

const SENTENCES = {
  offline: "Offline. What you write is kept on this machine and saved when the connection is back.",
  ended: "The session has ended. The words are kept on this machine: sign in in another tab, then save again.",
  failed: "The archive did not take it. The words are kept on this machine.",
};

const box = () => document.getElementById("desk-state");

/** Draws a state; *again* saves once more. *words* are what the archive itself said. */
export function drawState(state, again, words = "") {
  const place = box();
  if (!place || place.dataset.state === state) return;
  place.dataset.state = state;
  const note = element("div", "", { className: "banner" });
  note.append(element("p", words || SENTENCES[state]));
  const actions = element("p", "", { className: "actions" });
  if (state === "ended") actions.append(element("a", "Sign in", { className: "button", href: "/sign-in", target: "_blank", rel: "noopener" }));
  const button = element("button", "Save again", { type: "button" });
  button.addEventListener("click", again);
  actions.append(button);
  note.append(actions);
  place.replaceChildren(note);
}

export function clearState() {
  const place = box();
  if (!place) return;
  delete place.dataset.state;
  place.replaceChildren();
}
