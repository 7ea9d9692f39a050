import express, { type Express } from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import type { Answer } from '../control/http.mts';
import { degress, egress, ingress, type CallContext } from './handlers.mts';
import { inject, type InnerCall } from './inject.mts';
import { tellConfig } from './serverConfig.mts';
import { scimBasePath } from './types.mts';

/** RFC 7643 lets `type` be any text; scimmy refuses what is not among the usual ones. */
function allowAnyType(): void {
	for (const { type, subAttributes = [] } of SCIMMY.Schemas.User.definition.attributes) {
		if (String(type) !== 'complex') continue;
		for (const { name, config } of subAttributes) {
			if (name === 'type') config.canonicalValues = false;
		}
	}
}

/** Of the call that is being worked on. */
let current: CallContext | undefined;

function buildApp(): Express {
	allowAnyType();
	SCIMMY.Resources.declare(SCIMMY.Resources.User, {
		ingress,
		egress,
		degress,
		extensions: [{ schema: SCIMMY.Schemas.EnterpriseUser, required: false }],
	});
	const app = express();
	app.disable('etag');
	app.use(
		scimBasePath,
		new SCIMMYRouters({
			type: 'bearer',
			// Credentials were checked in front; no token belongs to a user, so that there is no /Me.
			handler: () => undefined as unknown as string,
			context: () => current,
			baseUri: (request) => `http://${request.headers.host ?? ''}`,
		}),
	);
	return app;
}

const app = buildApp();

/** True for a filter that scimmy can read. Some that it cannot end in a 500 or under another code in its routers. */
export function isFilter(text: string): boolean {
	try {
		// Conditions are checked only when they are given as objects.
		return new SCIMMY.Types.Filter([...new SCIMMY.Types.Filter(text)]).length > 0;
	} catch {
		return false;
	}
}

/** One call to scimmy; the next one may begin when it has ended. */
export async function callScimmy(call: InnerCall, context: CallContext): Promise<Answer> {
	current = context;
	tellConfig(context.store.behaviour);
	return await inject(app, call);
}
