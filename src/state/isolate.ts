const TRIED = 'whittle-isolation-tried';

/**
 * Makes the page cross-origin isolated on hosts that set no headers, by a service worker that adds them
 * (public/isolate.js): it loads the page once more, on the first visit. Where that does not help
 * (private windows, an embedding page that is not isolated) the page works without threads.
 * Returns whether the page is about to be loaded again.
 */
export async function isolate(view: Window): Promise<boolean> {
  const { serviceWorker } = view.navigator;
  // Absent on pages that are not secure, whatever the types say.
  const possible = view.isSecureContext && (serviceWorker as typeof serviceWorker | undefined);
  const embedded = view.parent !== view;
  if (view.crossOriginIsolated || !possible || embedded || wasTried(view)) return false;
  try {
    await serviceWorker.register(
      new URL(`${import.meta.env.BASE_URL}isolate.js`, document.baseURI),
    );
    await serviceWorker.ready;
    view.location.reload();
    return true;
  } catch {
    return false;
  }
}

/** Whether it was tried in this tab; from now on it was. */
function wasTried({ sessionStorage }: Window): boolean {
  try {
    if (sessionStorage.getItem(TRIED) !== null) return true;
    sessionStorage.setItem(TRIED, '1');
    return false;
  } catch {
    // Without storage, a second load could not be told from the first.
    return true;
  }
}
