// The frames around the one on the desk, fetched ahead so that they are there at once.
export const savings = new Map(); // by address: what must be stored before that frame is fetched
const frames = new Map();

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
    const picture = page.querySelector(".viewer-still");
    if (picture) new Image().src = picture.getAttribute("src");
    return page.getElementById("caption") ? page : null;
  } catch {
    return null;
  }
}

export async function frameOf(url) {
  if (!frames.has(url)) frames.set(url, fetchFrame(url));
  const page = await frames.get(url);
  if (!page) frames.delete(url);
  return page;
}

export const forgetFrame = (url) => frames.delete(url);
export const forgetFrames = () => frames.clear();
