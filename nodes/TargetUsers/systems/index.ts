import type { UserSystem } from './UserSystem';
import { youTrack } from './youTrack';

const systems: Readonly<Record<string, UserSystem>> = { youTrack };

/** The adapter for a value of the parameter `system`. */
export function systemNamed(name: unknown): UserSystem {
	return systems[String(name)] ?? youTrack;
}
