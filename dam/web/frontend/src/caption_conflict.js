// Two people wrote at once: both texts side by side, and a choice for each field.
import { element } from "./page.js";

/**
 * Draws the choice and, once made, saves it over the revision that was seen.
 *
 * A field that only one of the two changed is not asked about: it is taken from who changed it.
 */
export function compare(desk, answer, mine, base) {
  const { theirs, revision, editor = "Somebody else", saved_at: savedAt } = answer;
  const open = new Set();
  const box = element("section", "", { className: "banner" });
  box.append(element("p", `${editor} saved this frame${savedAt ? ` at ${savedAt}` : ""}, before you. Nothing is overwritten: choose for each text.`));
  for (const [name, text] of Object.entries(theirs)) {
    const field = desk.form.elements[name];
    // The dateline says place and date; asked about once.
    if (!field || text === mine[name] || name === "place" || name === "date") continue;
    if (mine[name] === base[name]) {
      field.value = text;
      continue;
    }
    if (text === base[name]) continue;
    open.add(name);
    box.append(choice(desk, { name, field, text, editor, mine: mine[name] }, () => settle(name)));
  }
  desk.banner.replaceChildren(box);
  if (!open.size) settle();
  else box.querySelector("button").focus();

  function settle(name) {
    open.delete(name);
    if (open.size) return;
    desk.form.elements.revision.value = revision;
    desk.saved = { ...desk.saved, ...theirs };
    desk.conflict = false;
    box.remove();
    if (desk.changed()) {
      desk.typed();
      desk.save();
      return;
    }
    desk.draft.forget();
    desk.say("Their words are kept.", "quiet");
  }
}

function choice(desk, { name, field, text, editor, mine }, settled) {
  const part = element("div", "", { className: "stack" });
  const label = desk.form.querySelector(`label[for="${CSS.escape(name)}"]`)?.dataset.label ?? name;
  const versions = element("div", "", { className: "versions" });
  versions.append(version("Yours", mine), version(editor, text));
  const keep = element("button", `Keep my ${label.toLowerCase()}`, { type: "button" });
  const take = element("button", "Take theirs", { type: "button" });
  const decide = (words) => {
    field.value = words;
    part.remove();
    settled();
    field.focus();
  };
  keep.addEventListener("click", () => decide(mine));
  take.addEventListener("click", () => decide(text));
  const buttons = element("p", "", { className: "actions" });
  buttons.append(keep, take);
  part.append(element("p", `${label} (${name.split("@")[1] ?? "all languages"})`), versions, buttons);
  return part;
}

function version(who, text) {
  const box = element("div");
  box.append(element("span", who, { className: "who" }), text);
  return box;
}
