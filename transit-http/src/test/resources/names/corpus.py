"""Writes corpus.tsv: file names as strangers may write them, and what is to become of each.

    python3 corpus.py > corpus.tsv

The rule of docs/http-api.md is written down here a second time, so that the tests compare two accounts of it. What is random
comes from the seed below, out of scripts that every Unicode version of the last ten years agrees on.
"""
import random
import re
import sys
import unicodedata

SEED = 8187
COUNT = 300
MAX_BYTES = 200
MAX_EXTENSION_BYTES = 32
DEVICE = re.compile(r'(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?', re.I | re.S | re.A)


def size(text):
    return len(text.encode())


def trim(text):
    dropped = {c for c in text if c == '.' or unicodedata.category(c) == 'Zs'}
    return text.strip(''.join(dropped)) if dropped else text


def cut(name):
    if size(name) <= MAX_BYTES:
        return name
    dot = name.rfind('.')
    extension = name[dot:] if dot > 0 else ''
    if size(extension) > MAX_EXTENSION_BYTES:
        extension = ''
    stem = name[:len(name) - len(extension)]
    while size(stem) + size(extension) > MAX_BYTES:
        stem = stem[:-1]
    return trim(stem) + extension


def clean(given):
    last = re.split(r'[/\\]', given)[-1]
    kept = ''.join(c for c in last if unicodedata.category(c) not in ('Cc', 'Cf', 'Cs', 'Co', 'Zl', 'Zp'))
    name = unicodedata.normalize('NFC', re.sub(r'[<>:"|?*]', '_', kept))
    name = cut(trim(name))
    if DEVICE.fullmatch(name):
        name = cut('_' + name)
    return name or 'download'


def fallback(name):
    return ''.join(c if ' ' <= c <= '~' and c not in '%"\\;' else '_' for c in name)


def chromium(name):
    """What Chromium makes of a clean name: it has scruples of its own, none of which is about anything but ASCII."""
    if name == '=':
        return '(id)'
    if not name.strip('-_'):
        return 'download'
    return re.sub('^~', '_', name)


def escaped(text):
    if text == '':
        return '(nothing)'
    out = []
    for c in text:
        if c == '\\':
            out.append('\\\\')
        elif c == ' ' or unicodedata.category(c)[0] in 'LNPS':
            out.append(c)
        else:
            units = c.encode('utf-16-be', 'surrogatepass')
            out += ['\\u%02x%02x' % pair for pair in zip(units[::2], units[1::2])]
    return ''.join(out)


HAND = {
    'A2': [
        '/etc/passwd', '../../etc/passwd', '..\\..\\boot.ini', 'C:\\Users\\me\\thesis.docx', 'C:thesis.docx', 'Z:',
        '\\\\server\\share\\plan.xls', 'a/b\\c.txt', 'folder/', '/', '.', '..', '...', '../..', '.bashrc', '..bashrc',
        '~/.ssh/id_ed25519', '~root', '~', '~user.txt', '. . /x', 'a..b', '%2e%2e%2fpasswd', '%2F%2Fetc', 'file:///etc/hosts',
        '.htaccess', '-rf', '--output=x', '-', '....//....//x', '..;/x', '$HOME', '`id`', '$(id)', 'a&b', 'a;b;c.txt',
        'desktop.ini', 'Thumbs.db', '.DS_Store', 'x.lnk', 'x.url', 'x.desktop', 'index.html', 'wget-log',
    ],
    'A3': [
        'a\r\nSet-Cookie: x=1.txt', 'a\rb.txt', 'a\nb.txt', 'a\0b.txt', 'evil.exe\0.txt', '\0', '\x1b[2Jclear.txt',
        '\x1b]0;title\x07x', 'a\x7fb', 'a\x85b', 'a\x9b31mred', 'tab\there.txt', '\n', 'a\u2028b\u2029c', '.\x07.hidden',
        'a\r\n\r\n<script>alert(1)</script>', 'a"\r\nX: y', ''.join(map(chr, range(32))) + 'x', 'a\x08\x08b',
        ''.join(map(chr, range(0x80, 0xa0))) + 'y',
    ],
    'A4': [
        'photo\u202egpj.exe', '\u202dabc\u202c.txt', 'a\u2066b\u2069.txt', 'a\u200eb\u200f.txt', 'in\u200bvisible.txt',
        '\ufeffbom.txt', 'soft\u00adhyphen.txt', 'word\u2060joiner', 'a\ufff9b\ufffbc', 'tag\U000e0041s',
        'private\ue000use', 'plane\U000f0000fifteen', 'plane\U00100000sixteen', '\u200b', '\u202e', '.\u200b.txt',
        '\u061cmark.txt', 'می\u200cخواهم.txt', 'क\u094d\u200dष.txt',
    ],
    'A5': [
        'a<b>c', 'what?.txt', 'a|b*c"d:e', 'CON', 'con', 'Con.txt', 'con.tar.gz', 'CON .txt', 'PRN.doc', 'aux', 'NUL',
        'nul.', 'CONIN$', 'COM1', 'COM1.txt', 'com9.txt', 'COM0', 'COM\u00b9', 'LPT3', 'lpt\u00b3.x', 'COM10', 'CONSOLE',
        'C\u200bON', 'NUL:', '.con', 'name.', 'name...', 'name. . .', ' name ', '\u00a0name\u3000', 'name .txt', 'a  b',
        'he said "hi".txt', "it's.txt", 'back\\slash', '100%.txt', '%41.txt', '%', '%%', 'a%20b', 'a+b.txt', 'a=b@c,d.txt',
        'a;b', ';', '"', "'", '""', '\\"', "UTF-8''x", "filename*=UTF-8''y", 'x; filename=y', 'x"; filename="y', '#', '?',
        'a?download', 'a#b', '[1]{2}(3)^~!$&+.txt', 'no extension', 'a.b.c.d', 'x.', '=', ',',
    ],
    'A6': [
        '', ' ', 'x', '7', 'é', '字', '😀', '\u0301', 'résumé.pdf', 're\u0301sume\u0301.pdf', 'A\u030angstro\u0308m',
        '\u212bngstr\u00f6m', '\u1112\u1161\u11ab\u1100\u1173\u11af.hwp', '한글 문서.hwp', '報告書.pdf', '履歴書（最終版）.xlsx',
        'ファイル名.txt', 'か\u3099.txt', 'ﾊﾝｶｸ.txt', '报告.pdf', '𠮷野家.txt', 'отчёт.docx', 'Ελλάδα.txt', 'تقرير نهائي.pdf',
        'ملف ١٢٣.txt', 'תיק.zip', 'שָׁלוֹם.txt', 'फ़ाइल.txt', 'ไฟล์.jpg', 'ფაილი.txt', 'ֆայլ.txt', 'İstanbul ıI.txt', 'straße ſ.txt',
        '😀.png', '👨\u200d👩\u200d👧\u200d👦.png', '🏳\ufe0f\u200d🌈.svg', '🇯🇵🇰🇷.txt', '👍🏽.txt', '❤\ufe0f.txt', '1\ufe0f\u20e3.txt',
        '\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f.txt', 'ﬁle.txt', 'Ａ：Ｂ／Ｃ.txt', '…', '․․', '。txt',
        '\ud800lone', 'lone\udfff', '😀\ud83d.png', '\ude00\ud83d', '\ud83d\u200b\ude00.png', 'a\u0338<\u0338.txt', 'a\u037eb',
        'ZALGO\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307.txt', '\u2002en\u2003em\u205f', 'x' * 196 + '.txt', 'x' * 197 + '.txt', 'x' * 300,
        'x' * 295 + '.html', 'é' * 98 + '.txt', 'é' * 150, '字' * 66 + '.t', '字' * 100, '字' * 98 + '.tar', '😀' * 75, '😀' * 74 + '.png',
        'ب' * 148 + '.pdf', '한' * 98 + '.hwp', 'x' * 150 + '.' + 'y' * 149, 'e\u0301' * 100, 'x' + ' ' * 250 + '.txt', 'CON' + ' ' * 250 + 'x.txt',
    ],
}

SCRIPTS = [
    (0x41, 0x5a), (0x61, 0x7a), (0x30, 0x39), (0xc0, 0xd6), (0xd8, 0xf6), (0x100, 0x17f), (0x3b1, 0x3c9), (0x410, 0x44f),
    (0x5d0, 0x5ea), (0x627, 0x64a), (0x905, 0x939), (0xe01, 0xe30), (0x10d0, 0x10f0), (0x3041, 0x3096), (0x30a1, 0x30fa),
    (0x4e00, 0x9fa5), (0xac00, 0xd7a3), (0x1f600, 0x1f64f), (0x20000, 0x2a6d6),
]
SPICE = ['.', ' ', '%', '"', "'", ';', '\\', '/', ':', '*', '\r\n', '\0', '\x1b', '\u200d', '\u202e', '\ufeff', '\u0301', '\u3099',
         '\u00a0', '\ue000', '~', '+', '&', '#', '?', '=', '.txt', '.tar.gz', '\U0001f1ef\U0001f1f5', '..']


def seeded(source):
    low, high = source.choice(SCRIPTS)
    wanted = source.choice([1, 2, 3, 8, 20, 50, 100, 199, 200, 201, 250, 300])
    text = ''
    while size(text) < wanted:
        text += source.choice(SPICE) if source.random() < 0.15 else chr(source.randint(low, high))
    while size(text) > 300:
        text = text[:-1]
    return text + (source.choice(['.txt', '.pdf', '.jpeg']) if source.random() < 0.3 and size(text) <= 295 else '')


def main():
    names = [(hazard, name) for hazard, names in HAND.items() for name in names]
    source = random.Random(SEED)
    seen = {name for _, name in names}
    while len(names) < COUNT:
        name = seeded(source)
        if name not in seen:
            seen.add(name)
            names.append(('seed', name))
    sys.stdout.reconfigure(encoding='utf-8', newline='\n')
    print('# written by corpus.py, seed %d: do not edit' % SEED)
    print('# hazard\twhat was given\twhat it is saved as\twithout more than ASCII\tby Chromium, if that differs')
    print('# \\uXXXX is a code unit, \\\\ is \\, (nothing) is the empty text, (id) the last part of the link')
    for hazard, name in names:
        saved = clean(name)
        assert clean(saved) == saved, name
        by_chromium = chromium(saved)
        print(hazard, escaped(name), escaped(saved), escaped(fallback(saved)),
              '' if by_chromium == saved else escaped(by_chromium), sep='\t')


main()
