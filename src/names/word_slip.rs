//! How far two words of a name are apart, in half edits: what ears and keyboards confuse is half an edit.

/// The cost of an edit.
pub const EDIT: usize = 2;

/// The cost of a swap of neighbours, which makes another name less often than an edit does.
const SWAP: usize = 1;

/// Returns what it costs to take one letter for another; half an edit for those that transcriptions and typing confuse.
fn cost(a: char, b: char) -> usize {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    match (low, high) {
        _ if a == b => 0,
        ('0', 'o') | ('1', 'i' | 'l') | ('3', 'e') | ('4', 'a') | ('5', 's') | ('7', 't') | ('8', 'b') | ('9', 'g') => 1,
        ('i', 'y' | 'j') | ('j', 'y') | ('v', 'w') | ('s', 'z') | ('c', 'k') | ('k', 'q') | ('o', 'u') | ('e', 'i') => 1,
        ('a', 'e') | ('f', 'v') => 1,
        _ => EDIT,
    }
}

/// Words longer than this are compared by their first letters only.
const LONGEST: usize = 40;

/// Returns what leads from one word to the other, in half edits, if no more than `most`. Doubling a letter is half an edit.
pub fn slips_between(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let gap = |word: &[char], at: usize| if at > 0 && word[at] == word[at - 1] { 1 } else { EDIT };
    let mut rows = [[0_usize; LONGEST + 1]; 2];
    for (at, _) in b.iter().enumerate() {
        rows[0][at + 1] = rows[0][at] + gap(b, at);
    }
    for (i, from) in a.iter().enumerate() {
        let mut row = [0; LONGEST + 1];
        row[0] = rows[0][0] + gap(a, i);
        let mut least = row[0];
        for (j, to) in b.iter().enumerate() {
            let mut best = (rows[0][j] + cost(*from, *to)).min(rows[0][j + 1] + gap(a, i)).min(row[j] + gap(b, j));
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                best = best.min(rows[1][j - 1] + SWAP);
            }
            row[j + 1] = best;
            least = least.min(best);
        }
        if least > most {
            return None;
        }
        (rows[1], rows[0]) = (rows[0], row);
    }
    Some(rows[0][b.len()]).filter(|slips| *slips <= most)
}
