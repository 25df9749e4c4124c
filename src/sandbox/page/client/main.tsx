/** The script of the sandbox's chat page. */
import { render } from 'preact';
import { Page } from './page.tsx';

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language;
document.body.textContent = '';
render(<Page lang={asked.startsWith('zh') ? 'zh' : 'en'} />, document.body);
