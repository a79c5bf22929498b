/** `ListHumanLoops` → `listHumanLoops` */
export const methodName = (operationName) => operationName[0].toLowerCase() + operationName.slice(1);

/** `listHumanLoops` → `list_human_loops`, as boto3 writes it. */
export const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
