import type { Behaviour } from './behaviour.mts';
import type { Answer, Headers } from './http.mts';
import type { Service } from './service.mts';

/**
 * A 429 as the switches have it: with a body of JSON, of HTML or with none, and with or without `Retry-After`, unless the API has
 * headers of its own to tell the wait.
 */
export function throttled(
	failure: Service['failure'],
	seconds: number,
	{ throttleBody, throttleRetryAfter }: Behaviour,
	ownHeaders?: Service['throttleHeaders'],
): Answer {
	const retryAfter: Headers = throttleRetryAfter ? { 'retry-after': String(seconds) } : {};
	const headers = ownHeaders ? ownHeaders(seconds) : retryAfter;
	switch (throttleBody) {
		case 'json':
			return { ...failure(429, 'Too many requests'), headers };
		case 'html':
			return {
				status: 429,
				text: '<html><body><h1>429 Too Many Requests</h1></body></html>',
				contentType: 'text/html',
				headers,
			};
		case 'empty':
			return { status: 429, headers };
	}
}
