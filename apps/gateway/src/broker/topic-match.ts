/** True when a topic filter matches a topic name (MQTT 3.1.1 section 4.7), both well-formed. */
export function filterMatches(filter: string, topic: string): boolean {
  // MQTT-4.7.2-1: a wildcard at the beginning does not match topics that begin with $.
  if (topic.startsWith('$') && (filter.startsWith('+') || filter.startsWith('#'))) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '#') return true;
    if (i >= levels.length || (wanted[i] !== '+' && wanted[i] !== levels[i])) return false;
    // `a/#` matches `a` itself.
    if (i === levels.length - 1 && wanted[i + 1] === '#' && i + 2 === wanted.length) return true;
  }
  return wanted.length === levels.length;
}
