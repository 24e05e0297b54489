/*
 * The body of a function that returns what is wrong with the page as it is shown, one line for each: what of WCAG 2.2 (A and AA) and
 * of the practices of WAI-ARIA can be told from outside. Numbers are those of the success criteria.
 */
const ROLES = 'alert alertdialog application article banner button checkbox complementary contentinfo dialog document figure form'
    + ' group heading img link list listitem log main navigation none note presentation progressbar region search separator'
    + ' status switch tab tablist tabpanel textbox timer toolbar tooltip';
const ARIA = 'atomic busy controls current describedby description details disabled expanded haspopup hidden invalid label'
    + ' labelledby live modal owns pressed readonly relevant required roledescription valuemax valuemin valuenow valuetext';
const OPERABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';
const SMALLEST = 24;

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const style = (element, pseudo) => getComputedStyle(element, pseudo);
const isShown = element => element.getClientRects().length > 0 && style(element).visibility === 'visible';
const isForNobody = element => element.closest('[aria-hidden=true], [inert]') !== null;
const short = element => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
const clean = text => text.replace(/\s+/g, ' ').trim();
const wrong = [];
const check = (elements, rule, isRight) =>
    wrong.push(...elements.filter(element => !isRight(element)).map(element => `${rule}: ${short(element)}`));

// What is said of an element; as the accessible name computation has it, as far as these pages need it.
const text = element => clean([...element.childNodes].map(node => {
    if (node.nodeType === Node.TEXT_NODE) {
        return node.data;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || isForNobody(node) || node.hidden || style(node).display === 'none') {
        return '';
    }
    const inner = node.matches('img') ? node.alt : name(node);
    return style(node).display.startsWith('inline') ? inner : ` ${inner} `;
}).join(''));
const named = ids => clean(ids.split(/\s+/).map(id => document.getElementById(id)).map(e => e ? text(e) : '').join(' '));
function name(element) {
    if (element.hasAttribute('aria-labelledby')) {
        return named(element.getAttribute('aria-labelledby'));
    }
    return clean(element.getAttribute('aria-label') ?? '')
        || clean([...element.labels ?? []].map(text).join(' '))
        || (element.matches('img') ? element.alt : text(element))
        || clean(element.title ?? '');
}

// Colours, with what shines through them.
const channels = color => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return {rgb: color.startsWith('color(') ? [r, g, b].map(c => c * 255) : [r, g, b], a};
};
const over = (top, bottom) => top.rgb.map((c, i) => c * top.a + bottom[i] * (1 - top.a));
const behind = element => {
    const below = element.parentElement ? behind(element.parentElement) : [255, 255, 255];
    return over(channels(style(element).backgroundColor), below);
};
const light = rgb => rgb.map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + .05) / (dark + .05);
};
const readable = (element, pseudo) =>
    contrast(over(channels(style(element, pseudo).color), behind(element)), behind(element));

const shown = all('body *').filter(isShown);
const seen = shown.filter(element => !element.closest('.unseen') && !element.closest('template'));
const operable = all(OPERABLE).filter(element => isShown(element) && !element.disabled);
const headings = all('h1, h2, h3, h4, h5, h6').filter(isShown);
const levels = headings.map(heading => Number(heading.localName[1]));

// The document.
if (!/^[a-z]{2}$/.test(document.documentElement.lang)) {
    wrong.push('3.1.1 the page has no language');
}
if (!document.title.trim()) {
    wrong.push('2.4.2 the page has no title');
}
const viewport = document.querySelector('meta[name=viewport]')?.content ?? '';
if (!viewport || /user-scalable\s*=\s*no|maximum-scale/.test(viewport)) {
    wrong.push('1.4.4 the page cannot be enlarged');
}
if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
    wrong.push('1.4.10 the page scrolls sideways');
}
check(all('[id]').filter((element, i, ids) => ids.findIndex(other => other.id === element.id) < i), 'an id is used twice', () => false);

// Its parts.
if (all('main').filter(isShown).length !== 1) {
    wrong.push('there is not one main part');
}
for (const landmark of ['body > header', 'body > footer']) {
    if (all(landmark).filter(isShown).length > 1) {
        wrong.push(`there is more than one ${landmark}`);
    }
}
check(seen.filter(element => text(element) && element.children.length === 0), 'it is in no part of the page',
    element => element.closest('header, main, footer, nav, [role=status], [role=alert], [aria-hidden=true]') !== null);
if (levels.filter(level => level === 1).length !== 1) {
    wrong.push(`1.3.1 there are ${levels.filter(level => level === 1).length} headings of the first level`);
}
check(headings.filter((heading, i) => levels[i] > (levels[i - 1] ?? 0) + 1), '1.3.1 a level of headings is left out', () => false);
check(headings, '2.4.6 a heading says nothing', heading => text(heading) !== '');
check(shown.filter(e => e.matches('ul, ol')), '1.3.1 a list has other things than items', list =>
    [...list.children].every(child => child.matches('li, script, template')));
check(shown.filter(e => e.matches('li')), '1.3.1 an item is in no list', item => item.parentElement.matches('ul, ol, menu'));
check(shown.filter(e => e.matches('ul, ol') && style(e).listStyleType === 'none'), 'Safari takes it for no list', list =>
    list.getAttribute('role') === 'list');

// Names, roles, states.
check(operable, '4.1.2 it has no name', element => name(element) !== '');
check(operable.filter(element => element.hasAttribute('aria-label') && text(element) && !element.matches('input')),
    '2.5.3 its name is not what is seen', element => name(element).toLowerCase().includes(text(element).toLowerCase()));
check(operable.filter(e => e.matches('input, select, textarea')), '3.3.2 it has no label', e => name(e) !== '');
check(shown.filter(e => e.matches('progress, [role=progressbar], [role=img]')), '1.1.1 it has no name', e => name(e) !== '');
check(all('img'), '1.1.1 a picture has no alternative', img => img.hasAttribute('alt'));
check(all('iframe').filter(isShown), '4.1.2 a frame has no title', frame => frame.title !== '');
check(all('[role]'), '4.1.2 there is no such role', e => ROLES.split(' ').includes(e.getAttribute('role')));
check(all('*').filter(e => [...e.attributes].some(({name}) => name.startsWith('aria-'))), '4.1.2 there is no such state', e =>
    [...e.attributes].every(({name}) => !name.startsWith('aria-') || ARIA.split(' ').includes(name.slice('aria-'.length))));
check(all('[aria-labelledby], [aria-describedby], [aria-controls], label[for]'), '1.3.1 it points to nothing', e =>
    ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'].filter(a => e.hasAttribute(a))
        .every(a => e.getAttribute(a).split(/\s+/).every(id => document.getElementById(id))));
check(shown.filter(isForNobody), '4.1.2 it is hidden from some, and can be operated', e => !e.matches(OPERABLE));
check(operable, '4.1.2 it is within another', e => !e.parentElement.closest('a[href], button, summary, label a'));
check(all('[tabindex]'), '2.4.3 it has an order of its own', e => e.tabIndex <= 0);
check(all('[autofocus], [accesskey], marquee, blink'), 'it takes over', () => false);
if (all('[role=status], [aria-live=polite]').filter(e => style(e).display !== 'none').length === 0) {
    wrong.push('4.1.3 nothing tells of what happens');
}

// What is seen.
const hasText = e => (e.matches('input[type=text], textarea') && e.value !== '')
    || [...e.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
wrong.push(...seen.filter(hasText).filter(e => readable(e) < 4.5).map(e => `1.4.3 contrast ${readable(e).toFixed(2)}: ${short(e)}`));
for (const pseudo of ['::before', '::after']) {
    wrong.push(...seen.filter(e => /"[^"\s]/.test(style(e, pseudo).content.split('/')[0])).filter(e => readable(e, pseudo) < 4.5)
        .map(e => `1.4.3 contrast ${readable(e, pseudo).toFixed(2)} of ${pseudo}: ${short(e)}`));
}
wrong.push(...seen.filter(e => e.matches('progress'))
    .filter(e => contrast(channels(style(e).color).rgb, behind(e)) < 3).map(e => `1.4.11 it can hardly be seen: ${short(e)}`));
const box = element => {
    const {width, height} = (element.matches('.unseen') ? element.nextElementSibling : element).getBoundingClientRect();
    return {width, height};
};
check(operable.filter(e => !e.matches('.unseen') || e.nextElementSibling), '2.5.8 it is too small to be touched', e =>
    box(e).width >= SMALLEST && box(e).height >= SMALLEST);
check(seen.filter(e => hasText(e) && e.scrollWidth > e.clientWidth + 1 && style(e).overflowX === 'hidden' && !e.matches('input')),
    '1.4.4 text is cut off', () => false);

// Motion, where its user wants none.
if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    for (const pseudo of [undefined, '::before', '::after', '::-webkit-progress-value', '::-webkit-progress-bar']) {
        wrong.push(...shown.filter(e => e.matches('progress') || !pseudo?.startsWith('::-')).filter(e => {
            const {animationName, transitionDuration} = style(e, pseudo);
            return animationName !== 'none' || transitionDuration.split(',').some(time => parseFloat(time) > 0);
        }).map(e => `2.3.3 it moves (${pseudo ?? 'itself'}): ${short(e)}`));
    }
}
return [...new Set(wrong)];
