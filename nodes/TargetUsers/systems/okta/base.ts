/**
 * The base of Okta's API for what a person pastes: the address of the organization or of its admin console, with or without the
 * page that the browser shows. An address that ends in /api/v1 keeps its path, for a gateway on the way. The credential's test
 * says the same. https://developer.okta.com/docs/guides/find-your-domain/main/
 */
export function oktaBase(url: string): string {
	return url
		.trim()
		.replace(/^(?!https?:\/\/)/i, 'https://')
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '')
		.replace(/^(https?:\/\/[^/]*?)-admin(?=\.okta)/i, '$1')
		.replace(/^(https?:\/\/[^/]+)(?!.*\/api\/v1$).*$/i, '$1/api/v1');
}

/** Where the organization's own authorization server issues access tokens. */
export const oktaTokenUrl = (url: string): string =>
	oktaBase(url).replace(/\/api\/v1$/, '/oauth2/v1/token');
