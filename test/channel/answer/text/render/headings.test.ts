/** Headings in a post, which draws none: bold lines that stay apart from what is around them. */
import { describe, expect } from 'vitest';
import { everyRow } from '../../../../support/every-row.ts';
import { image, md, shownAsPost } from './shown-as-post.ts';

describe('a heading in a post', () => {
  everyRow([
    // Alone.
    ['# a', '**a**'],
    ['  # a', '**a**'],
    ['# a #', '**a**'],
    ['# a\t#\t\nb', '**a**\n\nb'],
    ['# a\n   \nb', '**a**\n   \nb'],
    ['   \n# a', '**a**'],
    ['a\n\n# b', 'a\n\n**b**'],
    ['a\n   \n# b', 'a\n   \n**b**'],
    ['text\n  # a', 'text\n\n**a**'],
    ['# a\n---\nb', '**a**\n\n---\nb'],
    ['- a\n# b', '- a\n\n**b**'],
    // Underlined: the line below stays as an empty one.
    ['a\n===\nb', '**a**\n\nb'],
    ['a\nb\n---\nc', '**a\nb**\n\nc'],
    ['a  \n===', '**a**'],
    ['> a\n> ===', '> **a**'],
    ['> a\n> ===\n> b', '> **a**\n> \n> b'],
    ['> a\n> b\n> ===\n> c', '> **a\n> b**\n> \n> c'],
    ['- a\n  ===\n  b', '- **a**\n  \n  b'],
    // Beside text in a quote or an item.
    ['> # a\n> b', '> **a**  \n> b'],
    ['> # a\n> ## b', '> **a**  \n> **b**'],
    ['> # a\n> [b]: c', '> **a**  \n> [b]: c'],
    ['> a\n> # b', '> a  \n> **b**'],
    ['> a\n>\n> # b', '> a\n>\n> **b**'],
    ['> # a\n>\n> b', '> **a**\n>\n> b'],
    ['> # a\n> ', '> **a**'],
    ['- a\n  # b', '- a  \n  **b**'],
    ['- # a\n  b', '- **a**  \n  b'],
    ['- a\n\n  # b', '- a\n\n  **b**'],
    ['> - a\n>   # b\n>   c', '> - a  \n>   **b**  \n>   c'],
    // Text behind the quote or the item is no part of it, nor is a heading behind an inner one.
    ['> # a\nb', '> **a**\n\nb'],
    ['- # a\nb', '- **a**\n\nb'],
    ['> > # a\n> b', '> > **a**\n> \n> b'],
    ['> - # a\n> b', '> - **a**\n> \n> b'],
    ['> - a\n> # b', '> - a\n> \n> **b**'],
    ['- a\n  - b\n  # c', '- a\n  - b\n  \n  **c**'],
    // A rule would underline it.
    ['> # a\n> ---', '> **a**\n> \n> ---'],
    ['- # a\n  ***', '- **a**\n  \n  ***'],
    // Marks that begin a block directly behind text, and those that do not.
    ['> # a\n> > b', '> **a**\n> > b'],
    ['> # a\n> - b', '> **a**\n> - b'],
    ['> # a\n> 1. b', '> **a**\n> 1. b'],
    ['> # a\n>  1) b', '> **a**\n>  1) b'],
    ['> # a\n> 2. b', '> **a**\n> \n> 2. b'],
    ['> # a\n> 11. b', '> **a**\n> \n> 11. b'],
    ['> # a\n> -\n>   b', '> **a**\n> \n> -\n>   b'],
    ['> # a\n> -  \n>   b', '> **a**\n> \n> -  \n>   b'],
    ['- # a\n  - b', '- **a**\n  - b'],
    ['- # a\n- b', '- **a**\n- b'],
    ['- a\n- # b', '- a\n- **b**'],
    ['1. # a\n2. b', '1. **a**\n2. b'],
    ['> - # a\n> 2. b', '> - **a**\n> 2. b'],
    ['a\n> # b', 'a\n> **b**'],
    // Signs at its ends that would change the marks around it.
    ['# a\\', '**a\\\\**'],
    ['# a\\\\', '**a\\\\**'],
    ['# \\', '**\\\\**'],
    ['# a \\#', '**a \\#**'],
    ['# *', '**\\***'],
    ['# **', '**\\*\\***'],
    ['# * a', '**\\* a**'],
    ['# a *', '**a \\***'],
    ['# *args', '**\\*args**'],
    ['# a*b', '**a*b**'],
    ['# a \\*', '**a \\***'],
    ['# *a* *', '**a \\***'],
    // Marks within it.
    ['# *a* b', '**a b**'],
    ['# a **b**', '**a b**'],
    ['# ~~a~~', '**a**'],
    ['# **注意：**请看', '**注意：请看**'],
    ['# **注意：**[请看](https://a.b)', '**注意：** [请看](https://a.b)'],
    ['a *x*\nb\n===', '**a x\nb**'],
    ['# a & &amp; \\*', '**a & &amp; \\***'],
    ['# *a* `b`', '*a* `b`'],
    ['# [x](https://a.b) *', '[x](https://a.b) *'],
    ['# *a* https://a.b', '*a* https://a.b'],
    ['# a <b>', '**a &#60;b>**'],
    ['# a<br>b', '**a b**'],
  ])('%j is %j', (text, shown) => expect(shownAsPost(text)).toEqual(md(shown)));

  everyRow([
    ['> # a\n> ```\n> x\n> ```', md('> **a**', '```\nx\n```')],
    ['- # a\n  | b |\n  |---|\n  | c |', md('- **a**', '```\nb\n-\nc\n```')],
    ['# a ![x](img_1) b', [...md('a'), image('img_1'), ...md('b')]],
    ['a\n# ![x](img_1)\nb', [...md('a'), image('img_1'), ...md('b')]],
  ])('%j has rows of its own', (text, rows) => expect(shownAsPost(text)).toEqual(rows));
});
