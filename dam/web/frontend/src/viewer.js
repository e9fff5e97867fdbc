// <dam-viewer>: deep zoom that the keyboard and a screen reader can use. The page brings the
// picture, the credit and the buttons; without this script the picture stands still.
import OpenSeadragon from "openseadragon";
import { ViewerAccess } from "./viewer_access.js";

// OpenSeadragon 6.1 adds a <style> of its own that hides the focus ring on touch screens, unless
// it finds one there. Our policy forbids inline styles; an element of no namespace is none.
const instead = document.createElementNS(null, "style");
instead.setAttribute("data-openseadragon-mobile-css", "");
document.head.append(instead);

OpenSeadragon.setString("GestureHints.Scroll", "{0} and the wheel zoom; after a click the wheel alone");
OpenSeadragon.setString("GestureHints.Touch", "Two fingers move the picture");

const ZOOM_STEP = 1.5;
const QUIET_MS = 400;

class DamViewer extends HTMLElement {
  connectedCallback() {
    if (this.viewer) return;
    this.status = this.querySelector('[role="status"]');
    this.tools = this.querySelector(".viewer-tools");
    this.canvas = document.createElement("div");
    this.canvas.className = "viewer-canvas";
    this.querySelector(".viewer-stage").append(this.canvas);
    // The still picture is painted first: who goes from frame to frame does not wait for the zoom.
    requestAnimationFrame(() => setTimeout(() => this.begin()));
    this.tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.perform(button.dataset.do);
    });
    document.addEventListener("fullscreenchange", (this.onFullScreen = () => this.fullScreenChanged()));
  }

  disconnectedCallback() {
    document.removeEventListener("fullscreenchange", this.onFullScreen);
    this.viewer?.destroy();
    this.viewer = null;
    this.canvas?.remove();
  }

  begin() {
    if (this.dataset.service) this.open(`${this.dataset.service}/info.json`);
    if (!this.dataset.restricted) return;
    const access = new ViewerAccess(this, (info) => this.instead(info));
    access.begin().catch(() => access.say("This picture cannot be asked for just now."));
  }

  // What signing in opened takes the place of what was there.
  instead(info) {
    this.viewer?.destroy();
    this.viewer = null;
    this.canvas.replaceChildren();
    this.open(info);
  }

  open(source) {
    if (this.viewer || !this.isConnected) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.viewer = OpenSeadragon({
      element: this.canvas,
      tileSources: source,
      showNavigationControl: false,
      // Embeds run with an opaque origin, where only CORS lets a tile be drawn untainted.
      crossOriginPolicy: "Anonymous",
      drawer: "canvas",
      animationTime: still ? 0 : 0.4,
      springStiffness: 9,
      maxZoomPixelRatio: 2,
      visibilityRatio: 0.6,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { pinchRotate: false },
    });
    this.label();
    this.viewer.addOnceHandler("tile-drawn", () => this.drawn());
    this.viewer.addOnceHandler("open", () => this.openRegion());
    this.viewer.addHandler("open-failed", () => this.failed());
    this.viewer.addHandler("zoom", () => this.announceSoon());
    this.viewer.addHandler("rotate", () => this.announceSoon());
    this.shareGestures();
  }

  // The address of the page may name a region, in pixels of the picture that is shown.
  openRegion() {
    const [x, y, width, height] = (this.dataset.region ?? "").split(",").map(Number);
    if (!width || !height) return;
    const item = this.viewer.world.getItemAt(0);
    this.viewer.viewport.fitBounds(item.imageToViewportRectangle(x, y, width, height), true);
  }

  // What is on the screen, in fractions of the picture; null while there is none, or all of it.
  region() {
    const item = this.viewer?.world.getItemAt(0);
    if (!item) return null;
    const { x: width, y: height } = item.getContentSize();
    const seen = item.viewportToImageRectangle(this.viewer.viewport.getBounds());
    const [left, top] = [Math.max(0, seen.x), Math.max(0, seen.y)];
    const right = Math.min(width, seen.x + seen.width);
    const bottom = Math.min(height, seen.y + seen.height);
    if (right <= left || bottom <= top || (right - left >= width && bottom - top >= height)) return null;
    return [left / width, top / height, (right - left) / width, (bottom - top) / height];
  }

  label() {
    const canvas = this.viewer.canvas;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-roledescription", "zoomable photograph");
    canvas.setAttribute("aria-label", this.dataset.label);
  }

  // A page that scrolls must not lose its wheel, or a finger, to a picture that nobody has asked
  // to move: the wheel zooms after a click, with Ctrl, and where the picture fills the screen.
  shareGestures() {
    this.shared = !this.closest(".captioning");
    this.viewer.setCooperativeGestures(this.shared);
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse") this.viewer?.setCooperativeGestures(false);
    });
    this.canvas.addEventListener("focusout", () => {
      this.viewer?.setCooperativeGestures(this.shared && document.fullscreenElement !== this);
    });
  }

  drawn() {
    this.querySelectorAll(".viewer-still").forEach((still) => (still.hidden = true));
    this.tools.hidden = false;
    const full = this.tools.querySelector('[data-do="full"]');
    full.hidden = !document.fullscreenEnabled;
    this.dispatchEvent(new CustomEvent("dam:drawn", { bubbles: true }));
  }

  failed() {
    this.viewer.destroy();
    this.viewer = null;
    this.canvas.remove();
    const note = document.createElement("p");
    note.className = "viewer-problem";
    note.textContent = "The picture cannot be enlarged just now; this is a smaller copy.";
    this.querySelector(".viewer-stage").append(note);
  }

  perform(action) {
    const port = this.viewer.viewport;
    if (action === "in") port.zoomBy(ZOOM_STEP);
    if (action === "out") port.zoomBy(1 / ZOOM_STEP);
    if (action === "home") port.setRotation(0).goHome();
    if (action === "rotate") this.turn();
    if (action === "full") this.toggleFullScreen();
    if (action === "toggle") {
      if (port.getZoom() > port.getHomeZoom() * 1.05) port.goHome();
      else port.zoomBy(ZOOM_STEP * ZOOM_STEP);
    }
    if (action === "pixels") port.zoomTo(port.imageToViewportZoom(1 / devicePixelRatio));
    port.applyConstraints();
  }

  // A whole picture stays whole when it is turned.
  turn() {
    const port = this.viewer.viewport;
    const whole = port.getZoom() <= this.wholeZoom() * 1.01;
    port.setRotation(port.getRotation() + 90);
    if (!whole) return;
    port.panTo(port.getHomeBounds().getCenter());
    port.zoomTo(this.wholeZoom());
  }

  // The zoom at which the picture, as it is turned now, fits: 1 is its width across the stage.
  wholeZoom() {
    const port = this.viewer.viewport;
    const { x: width, y: height } = this.viewer.world.getItemAt(0).getContentSize();
    const stage = port.getAspectRatio();
    const lies = Math.round(port.getRotation() / 90) % 2 !== 0;
    return lies ? Math.min(width / height, 1 / stage) : Math.min(1, width / height / stage);
  }

  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.requestFullscreen().catch(() => this.say("This page may not fill the screen."));
  }

  fullScreenChanged() {
    const on = document.fullscreenElement === this;
    this.tools.querySelector('[data-do="full"] .word').textContent = on ? "Leave full screen" : "Full screen";
    this.viewer?.setCooperativeGestures(this.shared && !on);
  }

  announceSoon() {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => {
      if (!this.viewer?.world.getItemCount()) return;
      const port = this.viewer.viewport;
      const percent = Math.round(100 * port.viewportToImageZoom(port.getZoom()) * devicePixelRatio);
      const turned = ((Math.round(port.getRotation()) % 360) + 360) % 360;
      this.say(`${percent} percent of full size${turned ? `, turned ${turned} degrees` : ""}`);
    }, QUIET_MS);
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

customElements.define("dam-viewer", DamViewer);
