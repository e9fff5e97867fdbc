// The words of one frame that are not saved yet, kept on this machine until they are.
import { element, remember, remembered } from "./page.js";

export class Draft {
  constructor(id) {
    this.key = `dam:draft:${id}`;
  }

  /** Keeps what differs from the saved values; whether anything does. */
  keep(values, saved) {
    const changes = differing(values, saved);
    const any = Object.keys(changes).length > 0;
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    remember(this.key, any ? JSON.stringify({ changes, time }) : "");
    return any;
  }

  /** What was kept and is not in *values*; null when there is nothing to offer. */
  read(values) {
    try {
      const { changes, time } = JSON.parse(remembered(this.key) ?? "null") ?? {};
      const missing = differing(changes ?? {}, values);
      return Object.keys(missing).length ? { values: missing, changes: missing, time } : null;
    } catch {
      return null;
    }
  }

  forget() {
    remember(this.key, "");
  }
}

/** The entries of *values* that *others* does not have. */
export function differing(values, others) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (others[name] ?? "")));
}

/** Offers what was kept of a frame on the desk, to be put back or forgotten. */
export function offerDraft(desk) {
  const kept = desk.draft.read(desk.values());
  if (!kept) return;
  const box = element("section", "", { className: "banner" });
  const put = element("button", "Put them back", { type: "button" });
  const drop = element("button", "Forget them", { type: "button" });
  put.addEventListener("click", () => {
    desk.fill(kept.values);
    box.remove();
    desk.save();
  });
  drop.addEventListener("click", () => {
    desk.draft.forget();
    box.remove();
  });
  const buttons = element("p", "", { className: "actions" });
  buttons.append(put, drop);
  box.append(element("p", `Words of ${kept.time} were not saved and are kept on this machine:`), preview(kept.changes), buttons);
  desk.banner.append(box);
}

function preview(changes) {
  const box = element("div", "", { className: "stack" });
  for (const words of Object.values(changes)) box.append(element("p", words || "(emptied)", { className: "prose small" }));
  return box;
}
