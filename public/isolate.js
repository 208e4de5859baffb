/**
 * A service worker for hosts that cannot set headers: it answers the page's own requests with the
 * headers that make it cross-origin isolated, which WASM threads need. It keeps nothing.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  // Such a request may only be answered from the browser's cache.
  const cacheOnly = request.cache === 'only-if-cached' && request.mode !== 'same-origin';
  if (new URL(request.url).origin !== self.location.origin || cacheOnly) return;
  event.respondWith(fetch(request).then(isolated));
});

function isolated(response) {
  if (response.type === 'opaqueredirect' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  const { status, statusText } = response;
  const body = [101, 204, 205, 304].includes(status) ? null : response.body;
  return new Response(body, { status, statusText, headers });
}
