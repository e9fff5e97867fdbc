// The frames around the one on the desk, fetched ahead so that they are there at once.
export const savings = new Map(); // by address: what must be stored before that frame is fetched
const frames = new Map();
const pictures = new WeakMap(); // by page that was fetched: its picture, loaded in this document

export function fetchAhead(urls) {
  for (const url of new Set(urls.filter(Boolean))) if (!frames.has(url)) frames.set(url, fetchFrame(url));
  fetchSecond(urls[0]);
}

/** The frame after the next one too: who goes on fast is not made to wait. */
async function fetchSecond(next) {
  const page = next && (await frames.get(next));
  const second = page?.getElementById("caption").dataset.next;
  if (second && !frames.has(second)) frames.set(second, fetchFrame(second));
}

async function fetchFrame(url) {
  try {
    await savings.get(url); // else the words that were just written there would seem lost
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    const html = response.ok && !response.redirected ? await response.text() : "";
    const page = new DOMParser().parseFromString(html, "text/html");
    keepPicture(page);
    return page.getElementById("caption") ? page : null;
  } catch {
    return null;
  }
}

/** Loads the picture of *page* now: what staff may see is stored by no cache, so it is kept here. */
function keepPicture(page) {
  const still = page.querySelector(".viewer-still");
  if (!still) return;
  pictures.set(page, document.importNode(still));
  still.removeAttribute("src"); // else it were asked for once more when the page is shown
}

/** Puts *page*, with its picture, in the place of the one that is shown. */
export function showFrame(page) {
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  const picture = pictures.get(page);
  if (picture) document.querySelector(".viewer-still").replaceWith(picture);
}

export async function frameOf(url) {
  if (!frames.has(url)) frames.set(url, fetchFrame(url));
  const page = await frames.get(url);
  if (!page) frames.delete(url);
  return page;
}

export const forgetFrame = (url) => frames.delete(url);
export const forgetFrames = () => frames.clear();
