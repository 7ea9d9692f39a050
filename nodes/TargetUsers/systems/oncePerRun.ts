import type { Api } from '../../shared/Api';

/** `ask`, but asked once for each run of a node: its later calls get the first answer. */
export function oncePerRun<Rest extends unknown[], T>(
	ask: (api: Api, ...rest: Rest) => Promise<T>,
): (api: Api, ...rest: Rest) => Promise<T> {
	const answers = new WeakMap<Api, Promise<T>>();
	return async (api, ...rest) => {
		let answer = answers.get(api);
		if (answer === undefined) {
			answer = ask(api, ...rest);
			answers.set(api, answer);
		}
		return await answer;
	};
}
