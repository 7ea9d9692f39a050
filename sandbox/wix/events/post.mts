/** How a receiver answered: `status` is null where no answer came in time. */
export interface Answered {
	status: number | null;
	ms: number;
}

/** Sends `body` by POST. A redirect is not followed: only what the address itself answers counts. */
export async function post(
	url: string,
	contentType: string,
	body: string,
	timeoutMs: number,
): Promise<Answered> {
	const began = Date.now();
	const answered = (status: number | null) => ({ status, ms: Date.now() - began });
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': contentType },
			body,
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
		});
		await response.body?.cancel();
		return answered(response.status);
	} catch {
		return answered(null);
	}
}
