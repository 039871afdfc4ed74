import fc from 'fast-check';

// A mutant is dead when a property fails; which smallest case fails is of no interest here.
fc.configureGlobal({ endOnFailure: true });
