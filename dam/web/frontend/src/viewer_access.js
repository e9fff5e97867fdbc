// The part of <dam-viewer> that lets somebody in: a picture that is not open to everybody stands
// behind a panel, or beside a smaller one with a button. `show` draws an image by its description.
import { accessOf, describe, letIn, probed, probeOf, visited } from "./authorization.js";

const first = (words) => Object.values(words ?? {})[0]?.[0];

export class ViewerAccess {
  constructor(element, show) {
    this.panel = element.querySelector(".viewer-locked");
    this.button = element.querySelector('[data-do="sign-in"]');
    this.note = element.querySelector("[data-access-note]");
    this.service = element.dataset.restricted;
    this.show = show;
    this.button.addEventListener("click", (event) => {
      // Without the services the link leads to the picture's page, which has a sign-in of its own.
      if (!this.active) return;
      event.preventDefault();
      this.signIn();
    });
  }

  // Whoever is let in already sees the picture without being asked.
  async begin() {
    this.info = await describe(this.service);
    this.probe = probeOf(this.info);
    if (!this.probe) return;
    this.active = accessOf(this.probe, "active");
    const confirm = first(this.active?.confirmLabel);
    if (confirm) this.button.textContent = confirm;
    if ((await probed(this.probe)).status === 200) return this.open();
    const external = accessOf(this.probe, "external");
    if (external && (await letIn(this.probe, external)).may) this.open();
  }

  async signIn() {
    this.say("Sign in in the other window; the picture appears here afterwards.");
    if (!(await visited(this.active))) {
      return this.say("Your browser opened no window. Allow windows of this page, or open the picture at the archive.");
    }
    const { may, told } = await letIn(this.probe, this.active);
    if (may) return this.open();
    const words = [first(told.heading ?? this.probe.errorHeading), first(told.note ?? this.probe.errorNote)];
    this.say(words.filter(Boolean).join(". "));
  }

  async open() {
    // The description as it is for whoever is let in may say more than the one that was refused.
    if (this.panel) this.panel.hidden = true;
    this.button.hidden = true;
    this.say("");
    this.show(this.info);
  }

  say(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }
}
