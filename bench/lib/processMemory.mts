import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const KIBIBYTE = 1024;

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

/** The children of this process whose command line holds `part`, none where there is no /proc. Linux only. */
export function childrenWith(part: string): number[] {
	let all: string[];
	try {
		all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	} catch {
		return [];
	}
	// The name of the program, in brackets, may hold anything; the parent is the second field behind it
	const parentOf = (id: string) =>
		Number(textOf(`/proc/${id}/stat`).split(') ').at(-1)?.split(' ')[1]);
	return all
		.filter((id) => parentOf(id) === process.pid && textOf(`/proc/${id}/cmdline`).includes(part))
		.map(Number);
}

/** From /proc/PID/status, in bytes; undefined where that is not to be had. */
function statusOf(id: number | undefined, field: 'VmHWM' | 'VmRSS'): number | undefined {
	const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(textOf(`/proc/${id}/status`));
	return line === null ? undefined : Number(line[1]) * KIBIBYTE;
}

/** The memory of a process, as Linux counts it. */
export class ProcessMemory {
	constructor(private readonly id: number | undefined) {}

	/** From now on `peak` is of what follows. @returns whether this Linux can do so */
	resetPeak(): boolean {
		try {
			// 5: forget the highest resident size, see proc(5)
			writeFileSync(`/proc/${this.id}/clear_refs`, '5');
			return true;
		} catch {
			return false;
		}
	}

	/** The most that was resident at once since the last reset, in bytes. */
	peak(): number | undefined {
		return statusOf(this.id, 'VmHWM');
	}

	/** Resident now, in bytes. */
	now(): number | undefined {
		return statusOf(this.id, 'VmRSS');
	}
}
