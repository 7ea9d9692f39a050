import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { JsonValue } from '../../nodes/shared/contract/index';
import { sandboxClock } from './clock.mts';
import type { Control } from './control.mts';
import { ApiError, type Answer, type ApiRequest, type Route } from './http.mts';
import type { Service } from './service.mts';
import { throttled } from './throttle.mts';

const htmlPage =
	'<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>Please sign in</h1></body></html>';
const htmlAnswer: Answer = { status: 200, text: htmlPage, contentType: 'text/html; charset=utf-8' };

function readBody(raw: unknown, service: Service): JsonValue | undefined {
	if (!Buffer.isBuffer(raw) || raw.length === 0) return undefined;
	try {
		return JSON.parse(raw.toString('utf8')) as JsonValue;
	} catch {
		throw new ApiError(service.failure(400, 'The body is no valid JSON.'));
	}
}

/** A form as an object of texts; of a repeated field the last one counts. */
const readForm = (raw: unknown): JsonValue =>
	Object.fromEntries(new URLSearchParams(Buffer.isBuffer(raw) ? raw.toString('utf8') : ''));

const contentOf = (answer: Answer): JsonValue | undefined => answer.body ?? answer.list;

function send(response: Response, answer: Answer, service: Service, control: Control): void {
	const content = contentOf(answer);
	const text = answer.text ?? (content === undefined ? '' : JSON.stringify(content));
	const bytes = Buffer.byteLength(text);
	control.counter.countAnswer(bytes);
	response.sendDate = !control.behaviour.omitDate;
	response.writeHead(answer.status, {
		...(text === '' ? {} : { 'content-type': answer.contentType ?? 'application/json' }),
		'content-length': bytes,
		...service.headers(control.limit.state(sandboxClock.now())),
		...answer.headers,
	});
	response.end(text);
}

function truncate(answer: Answer): Answer {
	const text = JSON.stringify(contentOf(answer) ?? {});
	return {
		...answer,
		body: undefined,
		list: undefined,
		text: text.slice(0, Math.ceil(text.length / 2)),
	};
}

async function work(
	route: Route | undefined,
	request: () => ApiRequest,
	service: Service,
): Promise<Answer> {
	try {
		const call = request();
		service.authorize(call);
		if (!route) return service.failure(404, `There is no ${call.method} ${call.path}.`);
		return await route.handle(call);
	} catch (error) {
		if (error instanceof ApiError) return error.answer;
		throw error;
	}
}

/**
 * One API call from its arrival to its answer: count, limit, faults, the work, faults again. Express calls it with the
 * route that fits, or with none.
 */
export function answerCall(
	route: Route | undefined,
	service: Service,
	control: Control,
): (request: Request, response: Response) => Promise<void> {
	return async (request, response) => {
		const path = request.url.split('?')[0] ?? '/';
		const raw: unknown = request.body;
		const routeName = route ? `${route.method} ${route.path}` : `${request.method} (no route)`;
		const isWrite = request.method !== 'GET' && request.method !== 'HEAD' && !route?.readOnly;
		control.counter.countRequest(routeName, isWrite, Buffer.isBuffer(raw) ? raw.length : 0);
		const reply = (answer: Answer) => send(response, answer, service, control);
		const call = (): ApiRequest => ({
			method: request.method,
			path,
			params: request.params as Record<string, string>,
			query: new URLSearchParams(request.url.slice(path.length)),
			body: route?.form ? readForm(raw) : readBody(raw, service),
			header: (name) => request.get(name),
		});

		const { behaviour } = control;
		if (behaviour.answerAfterMs > 0) await wait(behaviour.answerAfterMs);
		const refuse = (seconds: number) =>
			throttled(service.failure, seconds, behaviour, service.throttleHeaders);
		if (behaviour.htmlPage) return reply(htmlAnswer);
		if (behaviour.forbiddenEmpty) return reply({ status: 403 });
		const planned = control.planned.take(request.method, path);
		if (planned) return reply(planned);
		const limitedFor = control.limit.retryAfter(sandboxClock.now());
		if (limitedFor !== undefined) return reply(refuse(limitedFor));
		const fault = control.faults.next(route !== undefined && service.canConflict(route));
		switch (fault) {
			case '429':
				return reply(refuse(1));
			case '500':
			case '503':
				return reply(service.failure(Number(fault), 'The server could not answer.'));
			case 'timeout':
				return;
			case 'resetBefore':
				request.socket.destroy();
				return;
			case 'html':
				return reply(htmlAnswer);
			case 'conflict':
				service.provokeConflict?.(call());
				return reply(await work(route, call, service));
			case 'resetAfter':
				await work(route, call, service);
				request.socket.destroy();
				return;
			case 'truncated':
				return reply(truncate(await work(route, call, service)));
			case undefined:
				return reply(await work(route, call, service));
		}
	};
}
