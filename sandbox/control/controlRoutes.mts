import express, { Router, type ErrorRequestHandler, type Request } from 'express';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { advanceBy } from './clock.mts';
import type { Control } from './control.mts';
import { ControlError } from './http.mts';
import type { Service } from './service.mts';

function bodyOf(request: Request): JsonObject {
	const body = request.body as JsonValue | undefined;
	if (!isJsonObject(body)) throw new ControlError(400, 'Send a JSON object.');
	return body;
}

function textAt(body: JsonObject, key: string): string {
	const value = body[key];
	if (typeof value !== 'string' || value === '') {
		throw new ControlError(400, `"${key}" must be a text.`);
	}
	return value;
}

function textsAt(body: JsonObject, key: string): string[] {
	const value = body[key];
	if (!Array.isArray(value) || value.length === 0) {
		throw new ControlError(400, `"${key}" must be a list of ids.`);
	}
	return value.map((_, index) => textAt({ [key]: value[index] ?? null }, key));
}

const answerError: ErrorRequestHandler = (error, _request, response, next) => {
	if (error instanceof SyntaxError) error = new ControlError(400, 'The body is no valid JSON.');
	if (!(error instanceof ControlError)) return next(error);
	response.status(error.status).json({ error: error.message });
};

/** The calls under `/sandbox`: the state, edits as people make them, counts, faults, switches, limits, answers laid ready, the clock, reset. */
export function controlRoutes(service: Service, control: Control): Router {
	const routes = Router();
	routes.use(express.json({ limit: '500mb' }));
	routes.get('/state', (_request, response) => {
		response.json(service.state());
	});
	routes.put('/state', (request, response) => {
		service.replaceState(bodyOf(request));
		response.json(service.state());
	});
	routes.post('/edit', (request, response) => {
		const body = bodyOf(request);
		const id = textAt(body, 'id');
		const changed = service.edit(id, textAt(body, 'path'), body.value ?? null);
		if (!changed) throw new ControlError(404, `There is no record ${id}.`);
		response.json(changed);
	});
	routes.post('/delete', (request, response) => {
		const id = textAt(bodyOf(request), 'id');
		if (!service.remove(id)) throw new ControlError(404, `There is no record ${id}.`);
		response.json({});
	});
	routes.post('/merge', (request, response) => {
		const body = bodyOf(request);
		response.json(service.merge(textAt(body, 'targetId'), textsAt(body, 'sourceIds')));
	});
	routes.get('/requests', (_request, response) => {
		response.json(control.counter.toJson());
	});
	routes.get('/faults', (_request, response) => {
		response.json(control.faults.toJson());
	});
	routes.post('/faults', (request, response) => {
		control.faults.configure(bodyOf(request));
		response.json({});
	});
	routes.post('/behave', (request, response) => {
		response.json(control.behave(bodyOf(request)));
	});
	routes.post('/limits', (request, response) => {
		control.limit.configure(bodyOf(request));
		response.json({});
	});
	routes.post('/answer', (request, response) => {
		control.planned.add(bodyOf(request));
		response.json({});
	});
	routes.post('/clock', async (request, response) => {
		await advanceBy(bodyOf(request));
		response.json({});
	});
	for (const { method, path, handle } of service.controls ?? []) {
		routes[method](path, async (request, response) => {
			response.json(await handle(method === 'get' ? {} : bodyOf(request)));
		});
	}
	routes.post('/reset', (_request, response) => {
		control.reset();
		response.json({});
	});
	routes.use((request) => {
		throw new ControlError(404, `There is no ${request.method} /sandbox${request.path}.`);
	});
	routes.use(answerError);
	return routes;
}
