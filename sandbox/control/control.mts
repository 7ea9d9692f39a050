import { defaultBehaviour, withSwitches, type Behaviour } from './behaviour.mts';
import type { JsonValue } from '../../nodes/shared/contract/index';
import { RequestCounter } from './counter.mts';
import { FaultPlan } from './faults.mts';
import { RateLimit } from './limits.mts';
import { PlannedAnswers } from './planned.mts';
import type { Service } from './service.mts';

/** Everything about one server that a test can turn, apart from its records. */
export class Control {
	readonly counter = new RequestCounter();
	readonly faults = new FaultPlan();
	readonly limit = new RateLimit();
	readonly planned = new PlannedAnswers();
	behaviour: Behaviour = { ...defaultBehaviour };

	constructor(private readonly service: Service) {
		service.setBehaviour(this.behaviour);
	}

	behave(changes: JsonValue | undefined): Behaviour {
		this.behaviour = withSwitches(this.behaviour, changes);
		this.service.setBehaviour(this.behaviour);
		return this.behaviour;
	}

	reset(): void {
		this.behaviour = { ...defaultBehaviour };
		this.service.setBehaviour(this.behaviour);
		this.counter.reset();
		this.faults.off();
		this.limit.off();
		this.planned.clear();
		this.service.reset();
	}
}
