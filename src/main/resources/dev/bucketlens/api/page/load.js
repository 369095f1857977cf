/*
 * Loads the page again while a part of it cannot be had, because a browser asks for a module once. All parts are asked
 * for together, each of a function of its own, and a new account runs ten at once. No module itself: it has to be there
 * before they are.
 */
{
  const COUNT = 'bucketlens.loads';
  const MOST = 5;
  let missing = false;

  const say = (sentence) => {
    const notice = document.getElementById('notice');
    notice.textContent = sentence;
    notice.hidden = false;
  };

  const again = () => {
    const loads = Number(sessionStorage.getItem(COUNT)) + 1;
    if (loads > MOST) {
      sessionStorage.removeItem(COUNT);
      say('A part of this page cannot be had just now. Load it again in a minute.');
      return;
    }
    sessionStorage.setItem(COUNT, loads);
    say('A part of this page cannot be had just now. It is loaded again by itself.');
    setTimeout(() => location.reload(), 500 * 2 ** loads);
  };

  // An element's error does not rise to the window, but comes by on its way down.
  addEventListener('error', ({ target }) => {
    missing ||= target instanceof HTMLScriptElement || target.rel === 'stylesheet';
  }, true);
  addEventListener('load', () => (missing ? again() : sessionStorage.removeItem(COUNT)));
}
