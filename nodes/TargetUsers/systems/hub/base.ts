/**
 * The Hub's REST base for what a person pastes: the address of a cloud, of a server with a context path, or of a Hub of its own;
 * with or without /hub, a slash at the end, or the page that the browser shows. An address that holds /api/rest is taken as it
 * is up to there. The credential's test says the same.
 * https://www.jetbrains.com/help/youtrack/devportal/rest-api-user-resources.html shows where Hub lives: below `/hub`, or at the
 * root of a host of its own such as hub.example.com; on myjetbrains.com beside `/youtrack` instead of below it.
 */
export function hubBase(url: string): string {
	return url
		.trim()
		.replace(/^(?!https?:\/\/)/i, 'https://')
		.replace(/[?#].*$/, '')
		.replace(/\/api\/rest\/.*$/, '/api/rest')
		.replace(
			/^(?!.*\/api\/rest$)(https?:\/\/[^/]+.*?)\/(admin|agiles?|api|apps?|articles?|dashboards?|drafts|form|gantt-charts|helpdesk|issues?|notifications|projects?|reports?|rest|search|tickets?|timesheets?|users?)(\/.*)?$/i,
			'$1',
		)
		.replace(/^(?!.*\/api\/rest$)(https?:\/\/[^/]+.*?)\/hub(\/.*)?$/i, '$1/hub')
		.replace(/\/+$/, '')
		.replace(/(\.myjetbrains\.com)\/youtrack(\/hub)?$/i, '$1/hub')
		.replace(/^(https?:\/\/hub([.:][^/]*)?)$/i, '$1/api/rest')
		.replace(/\/hub$/i, '/hub/api/rest')
		.replace(/^(\w+:\/\/[^/].*)(?<!\/api\/rest)$/, '$1/hub/api/rest');
}
