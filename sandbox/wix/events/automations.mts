import { randomUUID } from 'node:crypto';

import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import { setPath } from '../../control/setPath.mts';
import { checkAutomation, urlsOf } from './automationInput.mts';
import { post } from './post.mts';
import type { Happening } from './triggers.mts';

export type Automation = JsonObject & { id: string };

/** How long an automation waits for its receiver, who is asked once. Undocumented. */
const timeoutMs = 10_000;

/** Who has made them: the account's user, whose API key it is. */
const author: JsonObject = { userId: '5f0e1d2c-3b4a-4968-8776-a5b4c3d2e1f0' };

/** The automations of the site, and what their runs came to. */
export class Automations {
	private automations = new Map<string, Automation>();
	private runs: JsonObject[] = [];
	private work: Promise<void> = Promise.resolve();

	get(id: string): Automation | undefined {
		return this.automations.get(id);
	}

	all(): Automation[] {
		return [...this.automations.values()];
	}

	/** Throws ApiError where it breaks a rule. */
	create(sent: JsonObject): Automation {
		checkAutomation(sent);
		const at = new Date().toISOString();
		const settings = isJsonObject(sent.settings) ? sent.settings : {};
		const made: Automation = {
			...sent,
			id: randomUUID(),
			revision: '1',
			createdBy: author,
			createdDate: at,
			updatedBy: author,
			updatedDate: at,
			settings: { hidden: false, readonly: false, ...settings },
		};
		this.automations.set(made.id, made);
		return made;
	}

	/** One edit as a person makes it, such as `configuration.status`; undefined for an unknown id. */
	edit(id: string, path: string, value: JsonValue): Automation | undefined {
		const known = this.automations.get(id);
		if (!known) return undefined;
		const revision = String(Number(known.revision) + 1);
		const edited = { ...setPath(known, path, value), revision };
		this.automations.set(id, edited);
		return edited;
	}

	/** False for an unknown id. */
	remove(id: string): boolean {
		return this.automations.delete(id);
	}

	/** Runs the automations that are switched on for what has happened. */
	run({ triggerKey, payload }: Happening): void {
		for (const automation of this.automations.values()) {
			const { status, trigger } = automation.configuration as JsonObject;
			if (status !== 'ACTIVE' || (trigger as JsonObject).triggerKey !== triggerKey) continue;
			for (const url of urlsOf(automation)) this.call(automation.id, triggerKey, url, payload);
		}
	}

	/** Settles when all runs until now are through. */
	async settle(): Promise<void> {
		await this.work;
	}

	clear(): void {
		this.automations.clear();
		this.runs = [];
	}

	toJson(): JsonObject {
		return { automations: this.all(), runs: this.runs };
	}

	private call(automationId: string, triggerKey: string, url: string, payload: JsonObject): void {
		const { runs } = this;
		this.work = this.work.then(async () => {
			const body = JSON.stringify({ data: payload });
			const answered = await post(url, 'application/json', body, timeoutMs);
			runs.push({ automationId, triggerKey, ...answered });
		});
	}
}
