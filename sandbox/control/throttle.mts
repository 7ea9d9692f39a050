import type { Behaviour } from './behaviour.mts';
import type { Answer } from './http.mts';
import type { Service } from './service.mts';

/** A 429 as the switches have it: with or without `Retry-After`, and with a body of JSON, of HTML or with none. */
export function throttled(
	failure: Service['failure'],
	seconds: number,
	{ throttleBody, throttleRetryAfter }: Behaviour,
): Answer {
	const headers: Record<string, string> = throttleRetryAfter
		? { 'retry-after': String(seconds) }
		: {};
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
