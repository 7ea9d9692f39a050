/** Tells a waiting person what is going on: one moving line on a terminal, a plain line now and then elsewhere. */
export interface Progress {
	/** Names the next piece of work; ends the one before. */
	step(title: string): void;
	done(note?: string): void;
	/** Ends it without a word of success. */
	abandon(): void;
}

const EVERY_MS = { terminal: 500, plain: 10_000 };

export function createProgress(out: NodeJS.WriteStream = process.stdout): Progress {
	let timer: NodeJS.Timeout | undefined;
	let title = '';
	let startedAt = 0;

	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const tick = () => {
		if (out.isTTY) out.write(`\r\x1b[K… ${title} (${seconds()} s)`);
		else out.write(`… ${title} (${seconds()} s)\n`);
	};
	const stop = () => {
		clearInterval(timer);
		timer = undefined;
	};
	const done = (note = '') => {
		if (!timer) return;
		stop();
		const line = `✓ ${title}${note ? `: ${note}` : ''} (${seconds()} s)\n`;
		out.write(out.isTTY ? `\r\x1b[K${line}` : line);
	};

	return {
		step(next) {
			done();
			title = next;
			startedAt = Date.now();
			if (out.isTTY) tick();
			timer = setInterval(tick, out.isTTY ? EVERY_MS.terminal : EVERY_MS.plain);
			timer.unref();
		},
		done,
		abandon() {
			if (timer && out.isTTY) out.write('\n');
			stop();
		},
	};
}
